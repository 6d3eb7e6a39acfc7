"""What anyone may read without signing in."""

import pytest

from courses.content.held import read_held
from courses.selectors import CourseRow
from courses.services.held import load_held
from home.pathway import module_row
from tests.factories import ModuleFactory, PathwayFactory
from training.pathways.models import Module, PathwayVersion


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


@pytest.mark.parametrize(
    ("modes", "course", "how"),
    [
        (["in_person", "virtual"], None, "In a room or on a call."),
        (["online"], None, "The online course is not ready yet."),
        (["online"], {}, "Online, here."),
        (["online", "virtual"], {}, "Online, here, or on a call."),
        (["virtual"], {"is_online": False}, "On a call."),
        (["in_person"], {"counts_as": "part"}, "Part of it online, here, and the rest in a room."),
        (["external"], {"is_online": False}, "Taught elsewhere, and recorded here."),
    ],
)
def test_the_pathway_says_how_each_module_is_done(modes, course, how):
    row = CourseRow(1, "module-b1", "A course", "Module B1", 45, **course) if course is not None else None
    assert module_row(Module(modes=modes), row).how == how


def test_a_learner_is_led_from_the_pathway_to_the_course(client, amira, world, moment):
    module = ModuleFactory(code="DA-B1", title="Ask and Respond")
    version = PathwayVersion.objects.create(pathway=module.pathway, number=1, status="live")
    version.modules.add(module)
    load_held(module, read_held(), at=moment)
    assert 'href="/learning/module-b1/"' not in client.get("/pathway/").content.decode()
    client.force_login(amira.user)
    assert 'href="/learning/module-b1/"' in client.get("/pathway/").content.decode()
