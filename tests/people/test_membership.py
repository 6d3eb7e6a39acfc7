"""A new site gets its partnership and agencies from the command line."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from training.audit.models import AuditEvent
from training.people.models import Agency, Membership, Partnership, StalePost


def add(code: str, **more):
    said = {"partnership": "severnshire", "title": "Vale Hospice", "kind": "vcs_other", "alias": []}
    call_command("add_agency", code, **{**said, **more})


def test_a_partnership_and_its_agencies_are_made_from_nothing(db):
    call_command("add_partnership", "severnshire", "Severnshire Partnership", area="Four districts")
    add("VALE", alias=["Hospice of the Vale"], starts_on=date(2026, 4, 1))
    membership = Membership.objects.get()
    assert (str(membership.agency), str(membership.partnership)) == ("Vale Hospice", "Severnshire Partnership")
    assert membership.starts_on == date(2026, 4, 1)
    assert [alias.alias for alias in membership.agency.aliases.all()] == ["Hospice of the Vale"]
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["partnership added", "agency added", "agency joined partnership"]


def test_an_agency_may_be_in_several_partnerships(world):
    call_command("add_partnership", "next-door", "Next door")
    add("SVH", partnership="next-door", title=None, kind=None)
    assert set(world.agency.partnerships.values_list("code", flat=True)) == {"severnshire", "next-door"}
    assert Agency.objects.filter(code="SVH").count() == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"partnership": "nowhere"}, "There is no partnership 'nowhere'. There are: severnshire."),
        ({"kind": "circus"}, "kind: "),
        ({"kind": None}, "kind: "),
        ({"title": None}, "title: "),
        ({"alias": ["x" * 200]}, "alias: "),
    ],
)
def test_what_cannot_be_made_is_refused_in_words_and_leaves_nothing(world, more, message):
    with pytest.raises(CommandError) as refused:
        add("VALE", **more)
    assert message in str(refused.value)
    assert not Agency.objects.filter(code="VALE").exists()


def test_nothing_is_made_twice(world):
    with pytest.raises(CommandError, match="is in Severnshire already"):
        add("SVH")
    with pytest.raises(CommandError, match="code: "):
        call_command("add_partnership", "severnshire", "Again")
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize("code", ["with space", "", "ünïcode"])
def test_a_code_that_no_address_could_hold_is_refused(db, code):
    with pytest.raises(CommandError, match="code: "):
        call_command("add_partnership", code, "Odd")


def test_who_joins_is_worked_out_anew(world, amira_post):
    StalePost.objects.everywhere(reason="test").delete()
    call_command("add_partnership", "next-door", "Next door")
    add("SVH", partnership="next-door", title=None, kind=None)
    assert list(StalePost.objects.everywhere(reason="test").values_list("post", flat=True)) == [amira_post.pk]
