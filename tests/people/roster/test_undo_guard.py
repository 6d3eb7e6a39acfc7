"""A mass undo is a mass change: two people press it, but for one's own mistake of the last hour."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import RoleGrantFactory
from tests.people.roster.files import csv_file, row
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.people.models import Person, RosterImport
from training.people.roster.undo_guard import second_person_needed, undoing_outside


@pytest.fixture
def bob(world):
    """Looks after the hospital's roster beside bea."""
    return RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency).user


@pytest.fixture
def many(load, bea):
    """A file that made twenty posts, applied by bea."""
    applied = load(csv_file(*(row(employee_ref=str(ref)) for ref in range(20))))
    RosterImport.objects.filter(pk=applied.pk).update(applied_by=f"user:{bea.uid}")
    return RosterImport.objects.get(pk=applied.pk)


def needed(applied, user, *, hours):
    """What is said to somebody who presses undo so many hours after it was applied."""
    at = applied.applied_at + timedelta(hours=hours)
    return second_person_needed(applied, by=Actor("user", str(user.uid)), at=at)


def test_a_mass_undo_waits_for_the_second_person(many, bea, bob):
    assert "two people must press undo" in needed(many, bob, hours=0.5)
    assert "two people must press undo" in needed(many, bob, hours=0.6), "the same one twice is one"
    assert needed(many, bea, hours=2) == ""
    assert AuditEvent.objects.filter(verb="roster undo asked").count() == 2


def test_whoever_applied_it_takes_it_back_within_the_hour(many, bea, bob):
    assert needed(many, bea, hours=1) == ""
    assert needed(many, bea, hours=1.1) != ""


def test_an_old_wish_is_not_the_first_of_two(many, bea, bob):
    assert needed(many, bob, hours=2) != ""
    assert needed(many, bea, hours=2 + 7 * 24 + 1) != ""


def test_a_small_file_needs_nobody(many, bea, load):
    small = load(csv_file(row(employee_ref="1", team="Elsewhere")))
    assert needed(small, bea, hours=5) == ""


def test_where_one_person_is_alone_the_second_comes_from_outside(
    many, world, bea, client, state, access_for, monkeypatch
):
    """The coordinator is told a share in words, and neither a count nor a name."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: many.applied_at + timedelta(hours=5))
    grant = {"role_code": "partnership_coordinator", "partnership": world.partnership}
    cora = RoleGrantFactory(user__email="cora@board.example", **grant).user
    before = state()
    client.force_login(bea)
    for _ in range(2):
        page = client.post(reverse("roster-undo", args=["SVH", many.uid]), follow=True).content.decode()
        assert "Ask your partnership&#x27;s coordinator or a system administrator" in page
    assert state() == before
    client.force_login(cora)
    told = client.get(reverse("roster-approvals")).content.decode().partition("<main")[2]
    told = told.partition("</main>")[0]
    assert "More than three quarters of the agency&#x27;s posts would end or change." in told
    words = re.sub(r"<[^>]*>", "", told)
    assert "20" not in words.replace("2026", "") and "Sam" not in words
    client.post(reverse("roster-approvals"), {"file": many.uid})
    undone = RosterImport.objects.get(pk=many.pk)
    assert (undone.state, undone.undone_by) == ("undone", f"user:{cora.uid}")


def test_no_outsider_undoes_what_nobody_asked_for_or_a_colleague_could(many, world, bea, bob, access_for, day):
    grant = {"role_code": "partnership_coordinator", "partnership": world.partnership}
    cora = access_for(RoleGrantFactory(user__email="cora@board.example", **grant).user)
    at = many.applied_at + timedelta(hours=5)
    assert undoing_outside(cora, on=day, at=at) == []
    needed(many, bea, hours=5)
    assert undoing_outside(cora, on=day, at=at) == []


def test_on_the_page_the_first_press_undoes_nothing(many, bea, bob, client, state):
    before = state()
    undo = reverse("roster-undo", args=["SVH", many.uid])
    for user in (bob, bob):
        client.force_login(user)
        page = client.post(undo, follow=True).content.decode()
        assert "You are the first." in page
        assert "Somebody pressed undo" in page
    assert state() == before
    client.force_login(bea)
    client.post(undo)
    assert RosterImport.objects.get(pk=many.pk).state == "undone"


def test_small_files_undone_in_a_row_are_weighed_together(many, bea, bob, load):
    """Each moves too few posts for a second person; of all of them in one week the last does not."""
    small = [load(csv_file(*(row(employee_ref=str(900 + 2 * n + m)) for m in range(2)))) for n in range(4)]
    old = many.applied_at - timedelta(days=30)
    RosterImport.objects.filter(pk__in=[each.pk for each in small]).update(applied_at=old)
    answers = []
    for file in reversed([RosterImport.objects.get(pk=each.pk) for each in small]):
        answers.append(second_person_needed(file, by=Actor("user", str(bob.uid)), at=many.applied_at))
        RosterImport.objects.filter(pk=file.pk).update(state="undone", undone_at=many.applied_at, undone_by="user:b")
    assert [bool(answer) for answer in answers] == [False, False, True, True]


def test_undoing_what_gave_a_post_to_somebody_with_a_role_needs_two(many, bea, bob, load):
    post = load(csv_file(row(employee_ref="900", first_name="Bob")))
    assert needed(post, bea, hours=5) == ""
    person = Person.objects.everywhere(reason="test").get(employments__employee_ref="900")
    person.user = bob
    person.save()
    assert "two people must press undo" in needed(post, bea, hours=5)
