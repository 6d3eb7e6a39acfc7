"""Whatever people wrote to each other through the network is gone when its time is over: every table is read."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from champions.models import Champion
from champions.services.agreement import ask_manager
from champions.services.community import add_community_champion, forget_community_champion
from champions.services.guests import invite_guest
from champions.services.network import nominate, nominate_address, say_yes
from champions.services.requests import ask, reply
from champions.status import Way
from champions.tasks import TICKS
from tests.factories import UserFactory
from tests.privacy.planting import Planter
from training.access.actor import Actor
from training.privacy.holdings import all_holdings

from .conftest import BY
from .test_meetings import planned

CANARY = "canary"


def told() -> list[str]:
    """Every column of the room in which a canary is read, once each."""
    found = []
    for model in apps.get_app_config("champions").get_models():
        texts = [each for each in model._meta.concrete_fields if isinstance(each, models.CharField | models.TextField)]
        for field in texts:
            if model._base_manager.filter(**{f"{field.name}__icontains": CANARY}).exists():
                found.append(f"{model.__name__}.{field.name}")
    return found


@pytest.fixture
def said(amira, pola, world, day, moment, network):
    """Words to a champion and back, addresses of a manager, of a guest, and of one put forward."""
    request = ask(sender=amira, champion=pola, about="team", urgency="week", words="canary one", by=BY, at=moment)
    reply(request=request, choice="call", words="canary two", by=BY, at=moment)
    nia = network.colleague(world.agency, "Nia", duty=False)
    champion = nominate(person=nia, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    ask_manager(champion=champion, asks="agree", address="canary@boss.example", by=BY, at=moment)
    nominate_address(address="canary@forward.example", partnership=world.partnership, on=day, by=BY, at=moment)
    meeting = planned(world.partnership, moment + timedelta(days=5), at=moment)
    invite_guest(meeting=meeting, address="canary@guest.example", by=BY, at=moment)


def test_words_and_addresses_are_gone_when_they_have_served(said, moment):
    told_of = {"ContactRequest.words", "ContactRequest.reply_words", "ManagerQuestion.address"}
    assert set(told()) == told_of | {"Nomination.address", "MeetingGuest.address"}
    for days in (31, 62, 91):
        for tick in TICKS:
            tick(at=moment + timedelta(days=days))
    assert told() == []


def test_a_forgotten_community_champion_is_in_no_column(world, network, amira, pola, moment):
    rosa = add_community_champion(
        partnership=world.partnership,
        name="Canary",
        address="canary@home.example",
        locality=network.north,
        by=BY,
        at=moment,
    )
    say_yes(champion=rosa, by=BY, at=moment)
    rosa.person.user = UserFactory(email="canary@home.example")
    rosa.person.save()
    planter = Planter(rosa.person, by=str(Actor.system("test")))
    planter.planted[Champion] = rosa
    for holding in all_holdings():
        if holding.model.startswith("champions."):
            planter.plant(holding)
    assert "ManagerQuestion.address" in told()
    forget_community_champion(champion=rosa, by=BY, at=moment + timedelta(days=1))
    assert told() == []
