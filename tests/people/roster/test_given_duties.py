"""A duty that a room above gave: a roster file leaves it alone, its post's end ends it, and undoing changes neither."""

from datetime import timedelta

import pytest

from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import csv_file, row
from tests.people.roster.test_applying import STARTED, duties
from training.people.duties import end_given_duty, give_duty
from training.people.models import Post, StalePost
from training.people.roster.undo import undo_import

SOURCE = "network:one"


@pytest.fixture
def given(load, day):
    """A post whose duty the network gave the day before the tests' day."""
    load(csv_file(row()))
    post = Post.objects.everywhere(reason="test").select_related("employment").get()
    on = day - timedelta(days=1)
    assert give_duty(post, "MARAC_REP", on=on, source=SOURCE, by=BY, at=nine(on))
    assert not give_duty(post, "MARAC_REP", on=day, source=SOURCE, by=BY, at=nine(day))
    return post


def test_a_file_that_names_other_duties_does_not_end_it(given, load, state, day):
    done = load(csv_file(row(designations="")))
    assert done.counts["unchanged"] == 1
    assert duties(state) == [("MARAC_REP", day - timedelta(days=1), None)]


def test_it_ends_with_its_post_and_goes_on_when_that_is_put_right(given, load, state, day):
    load(csv_file(row(end_date="2026-12-31")))
    assert [each[2].isoformat() for each in duties(state)] == ["2026-12-31"]
    load(csv_file(row()))
    load(csv_file(row(designations="", post_title="Another job")))
    assert duties(state) == [("MARAC_REP", day - timedelta(days=1), None)]


def test_undoing_a_file_puts_it_back(given, load, state, day):
    done = load(csv_file(row(end_date="2026-12-31")))
    undo_import(done, by=BY, at=nine(day) + timedelta(hours=1))
    load(csv_file(row(designations="")), on=day + timedelta(days=1))
    assert duties(state) == [("MARAC_REP", day - timedelta(days=1), None)]


def test_whoever_gave_it_ends_it_even_after_a_file_wrote_its_end(given, load, state, day):
    load(csv_file(row(end_date="2026-12-31")))
    StalePost.objects.everywhere(reason="test").delete()
    later = nine(day) + timedelta(hours=9)
    assert end_given_duty(given, "MARAC_REP", on=day, by=BY, at=later)
    assert [each[2] for each in duties(state)] == [day - timedelta(days=1)]
    assert StalePost.objects.everywhere(reason="test").filter(post=given).exists()
    assert not end_given_duty(given, "MARAC_REP", on=day, by=BY, at=later)


def test_what_the_roster_says_is_the_rosters_to_end(load, state, day):
    load(csv_file(row(designations="MARAC_REP")))
    post = Post.objects.everywhere(reason="test").select_related("employment").get()
    assert not give_duty(post, "MARAC_REP", on=day, source=SOURCE, by=BY, at=nine(day))
    assert not end_given_duty(post, "MARAC_REP", on=day, by=BY, at=nine(day))
    assert duties(state) == [("MARAC_REP", STARTED, None)]
