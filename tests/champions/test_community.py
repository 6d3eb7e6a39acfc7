"""Champions without an employer: on a roster that the coordinator keeps, counted apart, and nobody's staff."""

import pytest

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionTurn
from champions.selectors.desk import Desk
from champions.selectors.facts import known
from champions.services.community import (
    add_community_champion,
    end_community_champion,
    forget_community_champion,
)
from champions.services.network import say_yes
from champions.services.steps import refresh_steps
from champions.status import Status
from tests.champions.conftest import BY
from training.people.models import Agency, Employment, Person, Term
from training.sso.services import prepare_login, tie_login
from training.strategy.selectors.facts import agencies_on


@pytest.fixture
def rosa(world, network, moment):
    """Added and vouched for; she has not said yes yet."""
    return add(world, network, moment)


def add(world, network, moment, name="Rosa", address="rosa@home.example"):
    """Somebody in Northdale."""
    return add_community_champion(
        partnership=world.partnership, name=name, address=address, locality=network.north, by=BY, at=moment
    )


def where(champion, on):
    """Where they stand."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found


def test_the_coordinator_adds_one_and_they_say_yes_themselves(sign_in, cy, world, network, day):
    form = {"name": "Rosa", "address": "Rosa@Home.example", "locality": network.north.pk, "vouches": "on"}
    page = sign_in(cy).post("/champions/network/severnshire/community/", form, follow=True).content.decode()
    assert "Added. They are asked themselves" in page
    champion = Champion.objects.everywhere(reason="test").get()
    turns = ChampionTurn.objects.of(champion).values_list("turn", "way")
    assert list(turns) == [("nominated", "coordinator"), ("agreed", "vouched")]
    say_yes(champion=champion, by=BY, at=champion.recorded_at)
    on = ChampionTurn.objects.of(champion).first().happened_on
    found = where(champion, on)
    assert (found.status, found.locality.title, found.is_community) == (Status.ACTIVE, "Northdale", True)
    form = {"name": "Rosa", "address": "rosa@home.example", "locality": network.north.pk, "vouches": "on"}
    assert (
        "has this address already"
        in sign_in(cy).post("/champions/network/severnshire/community/", form).content.decode()
    )


def test_they_sign_in_by_a_code_and_are_asked(rosa, sign_in, moment):
    user = prepare_login("rosa@home.example", at=moment)
    assert tie_login(user, user.email, at=moment) == "tied"
    rosa.person.refresh_from_db()
    assert "Would you like to be a champion?" in sign_in(rosa.person).get("/champions/me/").content.decode()


def test_they_are_counted_apart_and_nobodys_staff(rosa, pola, world, access_for, cy, day, moment):
    say_yes(champion=rosa, by=BY, at=moment)
    refresh_steps(at=moment)
    seen = Desk(access_for(cy), world.partnership, day, moment)
    assert (seen.active, seen.active_community) == (1, 1)
    counted = agencies_on(world.partnership, on=day, known_at=None)
    assert Agency.objects.get(kind="community").pk not in counted
    assert world.agency.pk in counted


def test_an_address_that_a_roster_has_opens_that_account_and_no_other(world, network, moment, amira, sign_in, cy):
    champion = add(world, network, moment, address=amira.user.email)
    assert not Employment.objects.everywhere(reason="test").get(person=champion.person).work_email
    assert prepare_login(amira.user.email, at=moment) == amira.user


def test_the_end_of_one_and_then_of_all_that_names_them(rosa, day, moment):
    user = prepare_login("rosa@home.example", at=moment)
    tie_login(user, user.email, at=moment)
    rosa.person.refresh_from_db()
    say_yes(champion=rosa, by=BY, at=moment)
    end_community_champion(champion=rosa, by=BY, at=moment)
    assert where(rosa, day).status == Status.STOOD_DOWN
    assert Term.objects.everywhere(reason="test").known_now().get(post__employment__person=rosa.person).ends_on == day
    forget_community_champion(champion=rosa, by=BY, at=moment)
    person = Person.objects.everywhere(reason="test").get(pk=rosa.person_id)
    assert (person.name, person.user) == ("Community champion", None)
    user.refresh_from_db()
    assert (user.is_active, "rosa" in user.email) == (False, False)
    assert not Employment.objects.everywhere(reason="test").filter(work_email__contains="rosa").exists()


def test_the_coordinator_deletes_the_name_of_one_who_has_ended(sign_in, cy, rosa, pola, moment):
    path = f"/champions/network/severnshire/{rosa.person.uid}/"
    sign_in(cy).post(f"{path}stand-down/", {"reason": "time"})
    assert "Delete their name and address" in sign_in(cy).get(path).content.decode()
    sign_in(cy).post(f"{path}forget/")
    assert Person.objects.everywhere(reason="test").get(pk=rosa.person_id).name == "Community champion"
    assert sign_in(cy).post(f"/champions/network/severnshire/{pola.person.uid}/forget/").status_code == 404


def test_staff_of_an_agency_are_not_forgotten_here(pola, moment):
    with pytest.raises(NotPossibleNow):
        forget_community_champion(champion=pola, by=BY, at=moment)
