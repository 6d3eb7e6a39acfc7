"""Who is excused is excused once, however often the button is pressed and whoever presses at the same time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ModuleFactory
from training.access.actor import Actor
from training.pathways.models import Exemption, Extension
from training.pathways.services import exempt_posts, extend_posts
from training.people.models import Agency

BY = Actor.system("test")


@pytest.fixture
def said(world, amira_post, moment):
    """What an exemption of Amira says, apart from its last day."""
    module = ModuleFactory(pathway__partnership=world.partnership)
    return {"agency": world.agency, "uids": [amira_post.uid], "module": module, "by": BY, "at": moment}


def exempted(ends_on, said, day):
    return exempt_posts(starts_on=day, ends_on=ends_on, reason_code="agreed", **said)


def test_a_second_press_excuses_nobody_and_moves_no_date(said, day):
    later = day + timedelta(days=60)
    assert [exempted(later, said, day) for _ in range(2)] == [1, 0]
    assert [extend_posts(due_on=later, **said) for _ in range(2)] == [1, 0]
    assert (
        Exemption.objects.everywhere(reason="test").count(),
        Extension.objects.everywhere(reason="test").count(),
    ) == (
        1,
        1,
    )


def test_a_longer_one_from_the_same_day_replaces_the_shorter(said, day):
    assert [exempted(day + timedelta(days=days), said, day) for days in (60, 90)] == [1, 1]
    rows = Exemption.objects.everywhere(reason="test")
    assert rows.count() == 2
    assert rows.known_now().get().ends_on == day + timedelta(days=90)


@pytest.mark.parametrize("do", ["exempt", "extend"])
def test_two_presses_take_their_turn_at_the_agency(said, day, do, monkeypatch):
    """SQLite has one writer anyway and leaves FOR UPDATE out, so what is asked for is looked at."""
    locked = []
    lock = type(Agency.objects.all()).select_for_update

    def noted(rows, *args, **more):
        locked.append(rows.model)
        return lock(rows, *args, **more)

    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", noted)
    later = day + timedelta(days=60)
    _done = exempted(later, said, day) if do == "exempt" else extend_posts(due_on=later, **said)
    assert locked[:1] == [Agency]


def test_the_database_keeps_one_from_a_day(said, amira_post, day, moment):
    row = {"post": amira_post, "module": said["module"], "starts_on": day, "reason_code": "agreed"}
    row |= {"recorded_at": moment, "recorded_by": "system:test"}
    Exemption.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.create(**row)
    Exemption.objects.create(**row, replaced_at=moment)
