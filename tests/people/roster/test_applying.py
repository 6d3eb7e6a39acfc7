"""Applying a file: changes hold from the day, corrections restate, and doing it again changes nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import csv_file, row
from training.audit.models import AuditEvent
from training.people.models import Employment, RosterImport, RosterRow, StalePost, Term
from training.people.roster.apply import apply_import
from training.people.roster.errors import NotWaiting, RosterMoved, TooManyLeavers
from training.people.roster.stage import stage_import

STARTED = date(2023, 4, 17)


def spans(state) -> list[tuple]:
    """First day, last day and job title of every term known now."""
    return sorted((term[2], term[3], term[5]) for term in state()["terms"])


def duties(state) -> list[tuple]:
    """Designation, first and last day of every duty known now."""
    return sorted(duty[2:] for duty in state()["duties"])


def test_a_new_row_makes_a_person_a_post_and_a_term(load, state):
    load(csv_file(row(designations="MARAC_REP")))
    assert state() == {
        "terms": [
            (
                "00123",
                "00123",
                STARTED,
                None,
                "MIDWIFE",
                "Midwife - community",
                "Community",
                "RTE03",
                None,
                None,
                "permanent",
                "active",
                1,
            )
        ],
        "duties": [("00123", "00123", "MARAC_REP", STARTED, None)],
        "people": [("00123", "Sam", "Example", "", "sam.example@svh.example")],
    }


def test_a_changed_job_closes_the_term_and_begins_another(load, state, day):
    load(csv_file(row()))
    done = load(csv_file(row(post_title="Ward sister")))
    assert done.counts["changed"] == 1
    assert spans(state) == [(STARTED, day - timedelta(days=1), "Midwife - community"), (day, None, "Ward sister")]


def test_a_later_start_date_says_when_the_job_changed(load, state):
    load(csv_file(row()))
    load(csv_file(row(post_title="Ward sister", start_date="2026-09-01")))
    assert spans(state) == [
        (STARTED, date(2026, 8, 31), "Midwife - community"),
        (date(2026, 9, 1), None, "Ward sister"),
    ]


def test_a_change_on_the_day_a_term_began_restates_it(load, state, day):
    load(csv_file(row(start_date=day.isoformat())))
    load(csv_file(row(start_date=day.isoformat(), post_title="Ward sister")))
    assert spans(state) == [(day, None, "Ward sister")]
    assert Term.objects.everywhere(reason="test").count() == 2


def test_another_start_date_alone_restates_the_term(load, state):
    load(csv_file(row()))
    load(csv_file(row(start_date="2022-01-01")))
    assert spans(state) == [(date(2022, 1, 1), None, "Midwife - community")]


def test_an_end_date_ends_the_term_and_its_duties(load, state):
    load(csv_file(row(designations="MARAC_REP")))
    load(csv_file(row(designations="MARAC_REP", end_date="2026-12-31")))
    assert spans(state) == [(STARTED, date(2026, 12, 31), "Midwife - community")]
    assert duties(state) == [("MARAC_REP", STARTED, date(2026, 12, 31))]


def test_one_who_comes_back_begins_another_term(load, state):
    load(csv_file(row(end_date="2025-03-31")))
    load(csv_file(row(start_date="2026-10-01")))
    assert spans(state) == [
        (STARTED, date(2025, 3, 31), "Midwife - community"),
        (date(2026, 10, 1), None, "Midwife - community"),
    ]


def test_leave_begins_on_the_day(load, state, day):
    load(csv_file(row()))
    load(csv_file(row(status="maternity")))
    assert [(term[2], term[11]) for term in state()["terms"]] == [(STARTED, "active"), (day, "maternity")]


def test_designations_open_and_close_duties(load, state, day):
    load(csv_file(row(designations="MARAC_REP")))
    load(csv_file(row()), on=day)
    assert duties(state) == [("MARAC_REP", STARTED, day - timedelta(days=1))]
    later = day + timedelta(days=30)
    load(csv_file(row(designations="MARAC_REP")), on=later)
    assert duties(state) == [("MARAC_REP", STARTED, day - timedelta(days=1)), ("MARAC_REP", later, None)]


def test_a_file_without_a_column_leaves_what_stands(load, state):
    load(csv_file(row(designations="MARAC_REP", manager_ref="2"), row(employee_ref="2")))
    before = state()
    columns = ("employee_ref", "last_name", "start_date", "post_title")
    done = load(csv_file(row(), row(employee_ref="2"), columns=columns))
    assert (done.counts["unchanged"], state()) == (2, before)


def test_only_a_full_file_makes_leavers(load, state, day):
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(10))))
    load(csv_file(row(employee_ref="0")))
    assert {term[3] for term in state()["terms"]} == {None}
    done = load(csv_file(*(row(employee_ref=str(ref)) for ref in range(9))), full=True)
    assert done.counts == {"new": 0, "changed": 0, "left": 1, "unchanged": 9, "refused": 0, "unmapped": 0}
    assert [term[3] for term in state()["terms"] if term[0] == "9"] == [day - timedelta(days=1)]


def test_more_than_a_tenth_leaving_must_be_confirmed(load, world, day, state):
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(10))))
    full = csv_file(*(row(employee_ref=str(ref)) for ref in range(8)))
    staged = stage_import(world.agency, full, as_at=day, is_full=True, by=BY, at=nine(day))
    before = state()
    with pytest.raises(TooManyLeavers, match="2 of 10 posts are not in the file and would end: more than 10%."):
        apply_import(staged, by=BY, at=nine(day))
    assert state() == before
    done = apply_import(staged, by=BY, at=nine(day) + timedelta(hours=2), allow_leavers=True)
    assert done.counts["left"] == 2


def test_names_and_address_follow_the_roster(load, state):
    load(csv_file(row()))
    done = load(csv_file(row(last_name="Married", work_email="sam.married@svh.example")))
    assert state()["people"] == [("00123", "Sam", "Married", "", "sam.married@svh.example")]
    assert [found.changes for found in RosterRow.objects.of(done)] == [
        {
            "last_name": ["Example", "Married"],
            "work_email": ["sam.example@svh.example", "sam.married@svh.example"],
        }
    ]


def test_the_roster_says_since_when_an_address_is_somebodys(load):
    changed_at = Employment.objects.everywhere(reason="test").values_list("addressed_at", flat=True)
    load(csv_file(row()))
    load(csv_file(row(last_name="Married")))
    assert list(changed_at.all()) == [None]
    done = load(csv_file(row(last_name="Married", work_email="sam.married@svh.example")))
    assert list(changed_at.all()) == [done.applied_at]


def test_the_counts_of_a_receipt_add_up(load):
    load(csv_file(row(), row(employee_ref="2")))
    done = load(csv_file(row(fte="0.5"), row(employee_ref="2"), row(employee_ref="3"), row(employee_ref="4", fte="?")))
    assert done.counts == {"new": 1, "changed": 1, "left": 0, "unchanged": 1, "refused": 1, "unmapped": 0}
    assert [each.number for each in RosterRow.objects.of(done)] == [2, 4, 5]


def test_applying_twice_applies_once(load, state, day):
    done = load(csv_file(row()))
    before = state(), AuditEvent.objects.count()
    assert apply_import(done, by=BY, at=nine(day) + timedelta(days=1)).applied_at == done.applied_at
    assert (state(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(("many", "times"), [(1, 1), (2, 0)])
def test_after_many_new_rows_the_database_looks_at_its_tables_again(
    load, monkeypatch, django_capture_on_commit_callbacks, many, times
):
    monkeypatch.setattr("training.people.roster.apply.MANY", many)
    with CaptureQueriesContext(connection) as queries, django_capture_on_commit_callbacks(execute=True):
        load(csv_file(row()))
    looks = [each["sql"] for each in queries.captured_queries if each["sql"].startswith("ANALYZE")]
    assert len(looks) == (times if connection.vendor == "postgresql" else 0)


def test_only_changed_posts_are_marked_stale(load):
    load(csv_file(row(), row(employee_ref="2")))
    StalePost.objects.everywhere(reason="test").delete()
    load(csv_file(row(), row(employee_ref="2", fte="0.5")))
    marked = StalePost.objects.everywhere(reason="test").values_list("post__assignment_ref", flat=True)
    assert list(marked) == ["2"]


def test_what_was_read_against_an_older_roster_is_refused(load, world, day):
    load(csv_file(row()))
    changed = csv_file(row(post_title="Ward sister"))
    staged = stage_import(world.agency, changed, as_at=day, is_full=False, by=BY, at=nine(day))
    load(csv_file(row(post_title="Matron")))
    with pytest.raises(RosterMoved):
        apply_import(staged, by=BY, at=nine(day) + timedelta(hours=5))


def test_a_file_refused_whole_cannot_be_applied(world, day):
    bad = csv_file(row(agency_code="SVP"))
    staged = stage_import(world.agency, bad, as_at=day, is_full=False, by=BY, at=nine(day))
    with pytest.raises(NotWaiting):
        apply_import(staged, by=BY, at=nine(day))


def test_it_is_all_on_record_without_a_name(load):
    done = load(csv_file(row()))
    events = AuditEvent.objects.order_by("id")
    assert [(event.verb, event.object_uid, event.agency_code, event.detail["counts"]["new"]) for event in events] == [
        ("roster staged", str(done.uid), "SVH", 1),
        ("roster applied", str(done.uid), "SVH", 1),
    ]
    assert "Example" not in str([event.detail for event in events])


def test_the_file_itself_is_not_kept(load):
    file = csv_file(row())
    done = load(file)
    assert len(done.sha256) == 64
    assert RosterImport.objects.get().pk == done.pk


@pytest.mark.parametrize("count", [1, 30])
def test_applying_asks_a_fixed_number_of_questions(load, world, day, django_assert_num_queries, count):
    rows = [row(employee_ref=str(number), manager_ref="1", designations="MARAC_REP") for number in range(1, count + 1)]
    staged = stage_import(world.agency, csv_file(*rows), as_at=day, is_full=False, by=BY, at=nine(day))
    with django_assert_num_queries(36):
        apply_import(staged, by=BY, at=nine(day))
