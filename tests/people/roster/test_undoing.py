"""Undoing a file restores what stood before it, and says what it cannot bring back."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import ModuleFactory, UserFactory, completion
from tests.people.roster.conftest import BY, nine, state_of
from tests.people.roster.files import csv_file, row
from training.audit.models import AuditEvent
from training.people.models import Employment, Person, Post, StalePost, Term
from training.people.roster.apply import apply_import
from training.people.roster.errors import LaterImport, NotWaiting
from training.people.roster.stage import stage_import
from training.people.roster.undo import undo_import

FIRST = (
    row(designations="MARAC_REP", manager_ref="2"),
    row(employee_ref="2", role_group="", post_title="Matron"),
    row(employee_ref="3", end_date="2025-01-01"),
    row(employee_ref="4", status="maternity"),
)
SECOND = (
    row(last_name="Married", designations="", team="Elsewhere", work_email=""),
    row(employee_ref="2", start_date="2022-01-01", post_title="Matron", designations="MARAC_REP"),
    row(employee_ref="3", start_date="2026-10-01"),
    row(employee_ref="5"),
)


@pytest.fixture
def evening(day) -> datetime:
    """After all files of the day."""
    return nine(day) + timedelta(hours=11)


def test_undoing_restores_exactly_what_stood(load, state, evening):
    load(csv_file(*FIRST))
    before = state()
    done = load(csv_file(*SECOND), full=True, allow_leavers=True)
    assert (done.counts["new"], done.counts["changed"], done.counts["left"]) == (1, 3, 1)
    assert state() != before
    undone = undo_import(done, by=BY, at=evening)
    assert (state(), undone.unrestored) == (before, [])


def test_undoing_the_first_file_leaves_nobody(load, state, evening):
    undo_import(load(csv_file(*FIRST)), by=BY, at=evening)
    assert state() == {"terms": [], "duties": [], "people": []}


def test_files_are_undone_one_after_the_other(load, state, evening):
    first = load(csv_file(*FIRST))
    middle = state()
    second = load(csv_file(*SECOND), full=True, allow_leavers=True)
    with pytest.raises(LaterImport, match="Another file has been applied since"):
        undo_import(first, by=BY, at=evening)
    undo_import(second, by=BY, at=evening)
    assert state() == middle
    assert undo_import(first, by=BY, at=evening + timedelta(hours=1)).unrestored == []
    assert state() == {"terms": [], "duties": [], "people": []}


def test_files_of_one_moment_are_undone_one_after_the_other_too(world, state, day):
    """The worker applies all that waits at the moment of its tick."""
    files = []
    for rows in (FIRST, SECOND):
        staged = stage_import(world.agency, csv_file(*rows), as_at=day, is_full=True, by=BY, at=nine(day))
        files.append(apply_import(staged, by=BY, at=nine(day), is_overruled=True))
        files[-1].stood = state()
    first, second = files
    assert first.applied_at < second.applied_at
    with pytest.raises(LaterImport):
        undo_import(first, by=BY, at=nine(day))
    assert undo_import(second, by=BY, at=nine(day)).unrestored == []
    assert state() == first.stood
    assert undo_import(first, by=BY, at=nine(day)).unrestored == []
    assert state() == {"terms": [], "duties": [], "people": []}


def test_what_was_known_in_between_stays_known(load, world, evening):
    load(csv_file(*FIRST))
    done = load(csv_file(*SECOND))
    between = done.applied_at
    known = Term.objects.within(world.agency).known_at(between)
    then = list(known.order_by("pk").values_list("post_id", "starts_on", "ends_on", "post_title"))
    undo_import(done, by=BY, at=evening)
    assert list(known.all().order_by("pk").values_list("post_id", "starts_on", "ends_on", "post_title")) == then


def test_the_same_file_can_be_applied_again_and_means_the_same_people(load, state, world, evening, day):
    done = load(csv_file(*FIRST))
    before, people = state(), set(Person.objects.within(world.agency))
    undo_import(done, by=BY, at=evening)
    again = load(csv_file(*FIRST), on=day + timedelta(days=1))
    assert again.counts["new"] == 4
    assert (state(), set(Person.objects.within(world.agency))) == (before, people)


def test_undoing_twice_undoes_once(load, state, evening):
    done = undo_import(load(csv_file(*FIRST)), by=BY, at=evening)
    events = AuditEvent.objects.count()
    assert undo_import(done, by=BY, at=evening + timedelta(hours=1)).undone_at == evening
    assert AuditEvent.objects.count() == events


def test_a_file_that_was_not_applied_cannot_be_undone(world, day, evening):
    staged = stage_import(world.agency, csv_file(*FIRST), as_at=day, is_full=False, by=BY, at=nine(day))
    with pytest.raises(NotWaiting, match="has not been applied"):
        undo_import(staged, by=BY, at=evening)


def test_a_new_person_with_a_training_record_stays_and_their_post_ends(load, state, world, day):
    done = load(csv_file(row(), row(employee_ref="2")))
    person = Person.objects.within(world.agency).get(employments__employee_ref="2")
    completion(person, ModuleFactory(), on=day)
    undone = undo_import(done, by=BY, at=nine(day + timedelta(days=7)))
    assert undone.unrestored == [
        "The new post 2/2 belongs to somebody with a login or a training record: it stays, and has ended."
    ]
    assert [(term[0], term[2], term[3]) for term in state()["terms"]] == [
        ("2", date(2023, 4, 17), day + timedelta(days=6))
    ]


def test_a_new_person_who_signed_in_stays_and_their_post_ends(load, state, world, evening):
    done = load(csv_file(row()))
    person = Person.objects.within(world.agency).get()
    person.user = UserFactory()
    person.save()
    assert len(undo_import(done, by=BY, at=evening).unrestored) == 1
    assert [term[0] for term in state()["terms"]] == ["00123"]


def test_a_post_that_others_changed_since_stays_as_they_left_it(load, state, world, evening):
    load(csv_file(row(), row(employee_ref="2")))
    done = load(csv_file(row(team="A"), row(employee_ref="2", team="A")))
    other = Term.objects.within(world.agency).known_now().get(post__assignment_ref="2", ends_on=None)
    other.replaced_at = evening - timedelta(hours=1)
    other.save()
    other.pk, other.post_title = None, "By hand"
    other.recorded_at, other.replaced_at, other.source = evening - timedelta(hours=1), None, "hand"
    other.save()
    undone = undo_import(done, by=BY, at=evening)
    assert undone.unrestored == ["The post 2/2 was changed again since, so it stays as it is."]
    assert [(term[0], term[5], term[6]) for term in state()["terms"] if term[3] is None] == [
        ("00123", "Midwife - community", "Community"),
        ("2", "By hand", "A"),
    ]


def test_a_name_that_somebody_corrected_since_stays(load, state, world, evening):
    load(csv_file(row()))
    done = load(csv_file(row(last_name="Married")))
    Employment.objects.within(world.agency).get().person.__class__.objects.within(world.agency).update(
        last_name="Corrected"
    )
    assert undo_import(done, by=BY, at=evening).unrestored == ["The last_name of 00123 was changed since, so it stays."]
    assert state()["people"][0][2] == "Corrected"


def test_the_neighbours_are_untouched(load, world, evening, dot):
    from tests.factories import TermFactory

    TermFactory(post__employment__agency=world.neighbour, post__employment__employee_ref="00123")
    before = state_of(world.neighbour)
    undo_import(load(csv_file(*FIRST)), by=BY, at=evening)
    assert state_of(world.neighbour) == before


def test_undone_posts_are_stale_again(load, evening):
    done = load(csv_file(row()))
    StalePost.objects.everywhere(reason="test").delete()
    undo_import(done, by=BY, at=evening)
    assert StalePost.objects.everywhere(reason="test").count() == 1
    assert Post.objects.everywhere(reason="test").count() == 1
