"""The coordinator's page: champions of every agency with their status, and no other staff."""

from datetime import date, timedelta

import pytest

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionTurn
from champions.selectors.facts import known
from champions.selectors.network import network as network_of
from champions.services.network import nominate, record_agreement, stand_down
from champions.status import Status
from tests.champions.conftest import BY, post_of
from tests.factories import (
    DesignationFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    completion,
)
from training.ledger.rebuild import rebuild_standings
from training.people.models import Duty, Person


def champions_need(module):
    """A rule: champions must do this module."""
    rule = RequirementFactory(module=module, role_group=None, designation=DesignationFactory(code="CHAMPION"))
    RequirementVersionFactory(requirement=rule)


def status_of(champion, on):
    """Where one champion stands."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found.status


def test_champions_of_every_agency_and_no_other_staff(sign_in, cy, amira, pola, hana):
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "Pola Roster" in page
    assert "Hana Roster" in page
    assert "Amira" not in page
    assert sign_in(cy).get(f"/champions/network/severnshire/{amira.uid}/").status_code == 404


def test_gaps_count_active_champions_by_district(access_for, cy, world, day, pola):
    seen = network_of(access_for(cy), world.partnership, on=day)
    assert seen.gaps == (("Southmere", 0), ("Northdale", 1))
    assert seen.active == 1


def test_only_a_coordinator_of_the_partnership_may_open_it(sign_in, amira, bea, col, cy, pola):
    for who in (amira, bea, col):
        assert sign_in(who).get("/champions/network/severnshire/").status_code == 403
    assert sign_in(cy).get("/champions/network/elsewhere/").status_code == 404


def test_a_required_module_that_is_not_valid_keeps_a_champion_in_training(pola, day, moment):
    module = ModuleFactory(code="DA-H1")
    champions_need(module)
    rebuild_standings(at=moment)
    assert status_of(pola, day) == Status.IN_TRAINING
    completion(pola.person, module, on=date(2026, 3, 2))
    rebuild_standings(at=moment)
    assert status_of(pola, day) == Status.ACTIVE
    assert status_of(pola, date(2029, 1, 20)) == Status.LAPSING
    assert status_of(pola, date(2029, 3, 3)) == Status.IN_TRAINING


def test_a_leaver_has_stood_down_the_day_after(pola, day):
    Duty.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    assert status_of(pola, day) == Status.LAPSING
    assert status_of(pola, day + timedelta(days=1)) == Status.STOOD_DOWN


def test_agreement_is_recorded_from_the_page(sign_in, cy, network, world):
    person = network.colleague(world.agency, "Nia")
    address = f"/champions/network/severnshire/{person.uid}/"
    form = {"agreed_on_day": "2", "agreed_on_month": "3", "agreed_on_year": "2026"}
    page = sign_in(cy).post(address, form, follow=True).content.decode()
    assert "The agreement is on record" in page
    turn = ChampionTurn.objects.everywhere(reason="test").get()
    assert (turn.turn, turn.happened_on, turn.recorded_by) == ("agreed", date(2026, 3, 2), f"user:{cy.uid}")


def test_an_agreement_cannot_lie_in_the_future(pola, day, moment):
    with pytest.raises(NotPossibleNow):
        record_agreement(champion=pola, agreed_on=day + timedelta(days=1), by=BY, at=moment)


def test_one_put_forward_is_not_named_before_their_roster_names_them(sign_in, cy, amira, world):
    page = (
        sign_in(cy)
        .post("/champions/network/severnshire/nominate/", {"address": amira.user.email}, follow=True)
        .content.decode()
    )
    assert "not yet on their agency" in page
    assert "Amira" not in page
    assert not Duty.objects.everywhere(reason="test").exists()


def test_one_of_another_partnership_cannot_be_put_forward(sign_in, cy, stranger):
    sign_in(cy).post("/champions/network/severnshire/nominate/", {"address": "far@far.example"})
    assert not Champion.objects.everywhere(reason="test").exists()


def test_a_protected_champion_is_not_named(sign_in, cy, pola):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "Pola" not in page
    assert "Name withheld" in page


def test_standing_down_keeps_every_date_and_returning_starts_again(pola, day, moment):
    stand_down(champion=pola, on=day, by=BY, at=moment, reason="time")
    assert status_of(pola, day) == Status.STOOD_DOWN
    with pytest.raises(NotPossibleNow):
        record_agreement(champion=pola, agreed_on=day, by=BY, at=moment)
    nominate(person=pola.person, partnership=pola.partnership, on=day, by=BY, at=moment + timedelta(hours=1))
    assert status_of(pola, day) == Status.IN_TRAINING
    turns = ChampionTurn.objects.of(pola).values_list("turn", flat=True)
    assert list(turns) == ["nominated", "agreed", "stood_down", "nominated"]


def test_the_facts_take_the_same_queries_for_one_and_for_three(network, world, day, pola, django_assert_num_queries):
    champions_need(ModuleFactory(code="DA-H1"))
    with django_assert_num_queries(7):
        known(world.partnership, on=day)
    network.champion(world.agency, "Ben")
    network.champion(world.agency, "Cat")
    with django_assert_num_queries(7):
        known(world.partnership, on=day)


def test_the_directory_leads_a_coordinator_to_the_network(sign_in, cy, amira, pola):
    link = "/champions/network/severnshire/"
    assert link in sign_in(cy).get("/champions/").content.decode()
    assert link not in sign_in(amira).get("/champions/").content.decode()
