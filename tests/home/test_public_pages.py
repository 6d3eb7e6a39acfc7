"""What anyone may read without signing in."""

import pytest

from tests.factories import ModuleFactory, PathwayFactory
from training.pathways.models import PathwayVersion


@pytest.mark.parametrize("address", ["/", "/support/", "/pathway/"])
def test_public_pages_open_without_signing_in(client, db, address):
    assert client.get(address).status_code == 200


def test_the_support_page_gives_the_confirmed_numbers_and_a_way_out(client, db):
    page = client.get("/support/").content.decode()
    assert "0808 2000 247" in page
    assert "999" in page
    assert "Exit this page" in page


def test_titles_never_say_the_subject(client, db):
    for address in ("/", "/support/", "/pathway/"):
        title = client.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert "abuse" not in title.lower()


def test_the_pathway_page_lists_the_live_version(client, db):
    pathway = PathwayFactory()
    version = PathwayVersion.objects.create(pathway=pathway, number=1, status="live")
    version.modules.add(ModuleFactory(pathway=pathway, code="DA-A1", title="What everyone needs to know"))
    ModuleFactory(pathway=pathway, code="DA-B1", title="Not in this version")
    page = client.get("/pathway/").content.decode()
    assert "What everyone needs to know" in page
    assert "Not in this version" not in page
