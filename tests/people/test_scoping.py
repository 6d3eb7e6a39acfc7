"""A query over people that nobody has scoped raises; a scoped one shows its scope and no more."""

import pytest

from training.access.access import Access
from training.access.scoping import Unscoped
from training.people.models import Employment, Person, Post, Term


@pytest.mark.parametrize("model", [Person, Employment, Post, Term])
@pytest.mark.parametrize(
    "ask",
    [
        lambda rows: list(rows),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: list(rows.values("pk")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.update(recorded_at=None),
        lambda rows: rows.delete(),
    ],
)
def test_an_unscoped_query_over_people_raises(amira, model, ask):
    with pytest.raises(Unscoped):
        ask(model.objects.filter(pk__gt=0))


@pytest.mark.parametrize(
    "join",
    [
        lambda own, rest: own | rest,
        lambda own, rest: rest | own,
        lambda own, rest: own ^ rest,
        lambda own, rest: own.order_by().union(rest.order_by()),
    ],
)
def test_a_scope_does_not_cover_what_is_joined_to_it(amira, world, join):
    with pytest.raises(Unscoped):
        list(join(Person.objects.within(world.agency), Person.objects.all()))


def test_two_scopes_join(amira, world):
    own, theirs = Person.objects.within(world.agency), Person.objects.within(world.neighbour)
    assert list(own | theirs) == [amira]


def test_a_related_manager_is_unscoped_too(amira):
    with pytest.raises(Unscoped):
        list(amira.employments.all())


def test_hr_sees_the_people_of_her_own_agency(amira, bea, access_for):
    assert list(Person.objects.visible_to(access_for(bea))) == [amira]


def test_the_neighbour_sees_nobody(amira, dot, access_for):
    assert list(Person.objects.visible_to(access_for(dot))) == []
    assert list(Term.objects.visible_to(access_for(dot))) == []


def test_the_board_sees_nobody_by_name(amira, col, access_for):
    assert list(Person.objects.visible_to(access_for(col))) == []


def test_a_learner_sees_herself(amira, access_for):
    assert list(Person.objects.visible_to(access_for(amira))) == [amira]


def test_a_visitor_sees_nobody(amira):
    assert list(Person.objects.visible_to(Access.nobody())) == []
