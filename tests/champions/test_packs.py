"""Briefing packs: read by champions and who looks after them, and by nobody else."""

import re

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from champions.content.schema import packaged_packs
from champions.models import BriefingPack
from champions.services.packs import load_packs


@pytest.fixture
def pack(db):
    """The first of the packaged ones."""
    load_packs()
    return BriefingPack.objects.get(slug="pack-1")


def test_packs_are_loaded_once_as_drafts_and_keep_what_authors_wrote(pack):
    BriefingPack.objects.filter(pk=pack.pk).update(title="Ours")
    assert load_packs() == []
    assert set(BriefingPack.objects.values_list("is_draft_for_review", "live")) == {(True, True)}
    assert BriefingPack.objects.get(pk=pack.pk).title == "Ours"


def test_packaged_packs_name_the_two_confirmed_numbers_and_no_other_and_last_half_an_hour():
    texts = list(packaged_packs())
    assert len(texts) >= 2
    for text in texts:
        said = text.model_dump_json()
        assert set(re.findall(r"\b\d{3,4}(?: \d{3,4})+\b", said)) == {"0808 2000 247"}
        assert "999" in said
        assert sum(int(found) for found in re.findall(r"\((\d+) minutes\)", said)) <= text.minutes == 30


def test_a_champion_and_the_coordinator_read_them_and_a_colleague_finds_nothing(sign_in, pola, cy, amira, pack):
    for who in (pola.person, cy):
        shown = sign_in(who).get("/champions/packs/pack-1/").content.decode()
        assert "Draft for specialist review" in shown and "<title>Learning" in shown.replace("\n", "")
        assert "0808 2000 247" in sign_in(who).get("/champions/packs/pack-1/handout/").content.decode()
    for page in ("", "pack-1/", "pack-1/handout/"):
        assert sign_in(amira).get(f"/champions/packs/{page}").status_code == 404


def test_a_pack_that_is_not_published_is_not_there(sign_in, pola, pack):
    pack.unpublish()
    assert sign_in(pola.person).get("/champions/packs/pack-1/").status_code == 404


def test_files_of_a_published_pack_and_no_other_can_be_kept(sign_in, pola, amira, pack):
    files = get_document_model().objects
    offered, other = (files.create(title=name, file=ContentFile(b"x", name="a.html")) for name in ("one", "two"))
    pack.documents = [("document", offered)]
    pack.save()
    answer = sign_in(pola.person).get(f"/champions/files/{offered.pk}/")
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("application/octet-stream", "attachment")
    assert b"".join(answer.streaming_content) == b"x"
    assert sign_in(pola.person).get(f"/champions/files/{other.pk}/").status_code == 404
    assert sign_in(amira).get(f"/champions/files/{offered.pk}/").status_code == 404
