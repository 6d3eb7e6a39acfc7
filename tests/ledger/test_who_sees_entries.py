"""An agency sees the learning of those who work there, and what was recorded there; nobody else's."""

from datetime import date, timedelta

import pytest

from tests.factories import TermFactory, completion
from training.access.access import Access
from training.ledger.models import Completion
from training.people.models import Term

LEFT_ON = date(2026, 10, 1)


def term_of(person):
    return Term.objects.everywhere(reason="test").filter(post__employment__person=person)


@pytest.fixture
def moved(amira, world):
    """Amira, who left the hospital and now works for the police."""
    term_of(amira).update(ends_on=LEFT_ON)
    TermFactory(
        post__employment__person=amira, post__employment__agency=world.neighbour, starts_on=LEFT_ON + timedelta(days=1)
    )
    return amira


def seen(access, on):
    return list(Completion.objects.visible_to(access, on=on).order_by("pk"))


def test_an_agency_sees_its_staffs_learning_wherever_it_was_recorded(amira, bea, world, access_for, day):
    both = [completion(amira, agency=world.agency), completion(amira, agency=world.neighbour)]
    assert seen(access_for(bea), day) == both
    assert list(Completion.objects.within(world.agency, on=day).order_by("pk")) == both


def test_a_former_agency_sees_what_it_recorded_and_nothing_made_elsewhere(moved, bea, dot, world, access_for, day):
    at_the_hospital = completion(moved, on=LEFT_ON, agency=world.agency)
    later = completion(moved, on=LEFT_ON + timedelta(days=9), agency=world.neighbour)
    assert seen(access_for(bea), day) == [at_the_hospital]
    assert list(Completion.objects.within(world.agency, on=day)) == [at_the_hospital]
    assert seen(access_for(dot), day) == [at_the_hospital, later]


def test_a_post_counts_until_its_last_day_and_before_its_first(moved, bea, world, access_for):
    elsewhere = completion(moved, agency=world.neighbour)
    assert seen(access_for(bea), LEFT_ON) == [elsewhere]
    assert seen(access_for(bea), LEFT_ON + timedelta(days=1)) == []
    term_of(moved).filter(post__employment__agency=world.agency).update(starts_on=date(2027, 1, 4), ends_on=None)
    assert seen(access_for(bea), date(2026, 12, 1)) == [elsewhere]


def test_a_post_that_was_taken_back_shows_nothing(amira, bea, world, access_for, day, moment):
    completion(amira, agency=world.neighbour)
    term_of(amira).update(replaced_at=moment)
    assert seen(access_for(bea), day) == []


def test_one_sees_ones_own_learning_and_a_visitor_none(moved, world, access_for, day):
    mine = completion(moved, agency=world.agency)
    assert seen(access_for(moved), day) == [mine]
    assert seen(Access.nobody(), day) == []
