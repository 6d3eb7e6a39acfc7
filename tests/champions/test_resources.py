"""The champions' shelf: read by champions and who looks after them, and by nobody else."""

import re

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from champions.content.schema import packaged_resources
from champions.models import Resource
from champions.services.resources import load_resources

SHELF = "/champions/resources/"


@pytest.fixture
def resource(db) -> Resource:
    """The first of the packaged ones."""
    load_resources()
    return Resource.objects.get(slug="resource-1")


def test_resources_are_loaded_once_as_drafts_and_keep_what_authors_wrote(resource):
    Resource.objects.filter(pk=resource.pk).update(title="Ours")
    assert load_resources() == []
    assert set(Resource.objects.values_list("title", "is_draft_for_review")) >= {("Ours", True)}


def test_packaged_resources_name_no_number_but_the_two_confirmed_ones():
    for text in packaged_resources():
        said = text.model_dump_json()
        assert set(re.findall(r"\b\d{3,4}(?: \d{3,4})+\b", said)) == {"0808 2000 247"} and "999" in said


def test_champions_and_the_coordinator_read_them_and_colleagues_find_nothing(
    sign_in, client, pola, cy, amira, resource
):
    for who in (pola.person, cy):
        assert resource.title in sign_in(who).get(SHELF).content.decode()
        shown = sign_in(who).get(f"{SHELF}resource-1/").content.decode()
        assert "Draft for specialist review" in shown and "<title>Learning" in shown.replace("\n", "")
    for page in (SHELF, f"{SHELF}resource-1/"):
        assert sign_in(amira).get(page).status_code == 404
    client.logout()
    assert client.get(f"{SHELF}resource-1/").status_code == 302


def test_what_is_not_published_is_not_there_and_its_files_are_not_either(sign_in, pola, resource):
    document = get_document_model().objects.create(title="Poster", file=ContentFile(b"x", name="a.html"))
    resource.documents = [("document", document)]
    resource.save()
    client = sign_in(pola.person)
    assert client.get(f"/champions/files/{document.pk}/")["Content-Type"] == "application/octet-stream"
    resource.unpublish()
    for page in (f"{SHELF}resource-1/", f"/champions/files/{document.pk}/"):
        assert client.get(page).status_code == 404
