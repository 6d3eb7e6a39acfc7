"""The coordinator's page: champions of every agency with their status, and no other staff."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionTurn, Nomination
from champions.selectors.desk import Desk
from champions.selectors.facts import known
from champions.services.leaving import stand_down
from champions.services.network import (
    nominate,
    nominate_address,
    record_agreement,
    take_up_nominations,
)
from champions.services.requests import block
from champions.services.steps import refresh_steps
from champions.status import Status
from champions.tasks import TICKS
from tests.champions.conftest import BY, post_of
from tests.factories import (
    DesignationFactory,
    DutyFactory,
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
    page = sign_in(cy).get("/champions/network/severnshire/people/").content.decode()
    assert "Pola Roster" in page
    assert "Hana Roster" in page
    assert "Amira" not in page
    assert sign_in(cy).get(f"/champions/network/severnshire/{amira.uid}/").status_code == 404


def test_gaps_count_active_champions_by_district(access_for, cy, world, day, moment, pola):
    refresh_steps(at=moment)
    desk = Desk(access_for(cy), world.partnership, day, moment)
    assert [each[1:] for each in desk.districts] == [("Southmere", 0), ("Northdale", 1)]
    assert (desk.active, desk.empty_districts) == (1, 1)


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


def test_an_agreement_is_no_older_than_what_it_is_to(network, world, day, moment):
    """Check-ins and meetings count from it: one who came back would lapse for what was asked before."""
    person = network.colleague(world.agency, "Nia", duty=False)
    champion = nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment)
    with pytest.raises(NotPossibleNow, match="Enter 2 November 2026 or a later day"):
        record_agreement(champion=champion, agreed_on=day - timedelta(days=1), by=BY, at=moment)


NOMINATE = "/champions/network/severnshire/nominate/"


def put_forward(client, address):
    """The answer, the page it leads to without the address and what the form makes anew, and the queries it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(NOMINATE, {"address": address})
    page = client.get(answer.url).content.decode().replace(address, "ADDRESS")
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)
    return answer.status_code, page, [re.sub(r"'[^']*'|\b\d+\b", "?", each["sql"]) for each in asked]


def nominations():
    return Nomination.objects.everywhere(reason="test")


def champions_of(person):
    return Champion.objects.everywhere(reason="test").filter(person=person)


def test_a_known_and_an_unknown_address_are_dealt_with_alike(sign_in, cy, amira, moment):
    client = sign_in(cy)
    put_forward(client, "first@svh.example")  # what is read once and remembered, is read now
    nominations().delete()
    found = []
    for address in (amira.user.email, "nobody@svh.example"):
        found.append(put_forward(client, address))
        take_up_nominations(at=moment)
        assert list(nominations().values_list("address", "person")) == [(address, None)]
        nominations().delete()
    assert found[0] == found[1]
    assert "ADDRESS" in found[0][1] and "Amira" not in found[0][1]
    assert not Champion.objects.everywhere(reason="test").exists()
    assert not Duty.objects.everywhere(reason="test").exists()


def test_an_address_becomes_a_nomination_once_the_roster_names_them(amira, amira_post, world, day, moment, network):
    nominate_address(address=" Amira@SVH.example ", partnership=world.partnership, on=day, by=BY, at=moment)
    assert take_up_nominations(at=moment) == 0
    DutyFactory(post=amira_post, designation=DesignationFactory(code="CHAMPION"), starts_on=day)
    assert [take_up_nominations(at=moment), take_up_nominations(at=moment)] == [1, 0]
    turn = ChampionTurn.objects.of(champions_of(amira).get()).get()
    assert (turn.turn, turn.happened_on) == ("nominated", day)


def test_one_who_stood_down_is_not_taken_up_again(pola, world, day, moment):
    nominate_address(address="pola@svp.example", partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    stand_down(champion=pola, by=BY, at=moment)
    take_up_nominations(at=moment + timedelta(hours=1))
    assert status_of(pola, day) == Status.STOOD_DOWN


def test_whether_somebody_was_taken_up_shows_in_no_list_of_addresses(sign_in, cy, pola, world, day, moment):
    """She may keep the coordinator away: the address must go on as one that nobody has."""
    block(owner=pola.person, address=cy.email, by=BY, at=moment)
    for address in ("pola@svp.example", "nobody@svp.example"):
        nominate_address(address=address, partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "pola@svp.example" in page and "nobody@svp.example" in page
    assert "Pola" not in page


def test_an_address_put_forward_is_deleted_after_ninety_days(world, day, moment):
    nominate_address(address="nobody@svh.example", partnership=world.partnership, on=day, by=BY, at=moment)
    for tick in TICKS:
        tick(at=moment + timedelta(days=90))
    assert nominations().count() == 1
    for tick in TICKS:
        tick(at=moment + timedelta(days=90, minutes=1))
    assert nominations().count() == 0


def test_one_of_another_partnership_cannot_be_put_forward(sign_in, cy, stranger):
    sign_in(cy).post("/champions/network/severnshire/nominate/", {"address": "far@far.example"})
    assert not Champion.objects.everywhere(reason="test").exists()


def test_a_protected_champion_is_not_named(sign_in, cy, pola):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    page = sign_in(cy).get("/champions/network/severnshire/people/").content.decode()
    assert "Pola" not in page
    assert "Name withheld" in page


def test_standing_down_keeps_every_date_and_returning_starts_again(pola, day, moment):
    stand_down(champion=pola, by=BY, at=moment, reason="time")
    assert status_of(pola, day) == Status.STOOD_DOWN
    with pytest.raises(NotPossibleNow):
        record_agreement(champion=pola, agreed_on=day, by=BY, at=moment)
    nominate(person=pola.person, partnership=pola.partnership, on=day, by=BY, at=moment + timedelta(hours=1))
    assert status_of(pola, day) == Status.NOMINATED
    turns = ChampionTurn.objects.of(pola).values_list("turn", flat=True)
    assert list(turns) == ["nominated", "agreed", "stood_down", "nominated"]


def test_the_facts_take_the_same_queries_for_one_and_for_three(network, world, day, pola, django_assert_num_queries):
    champions_need(ModuleFactory(code="DA-H1"))
    with django_assert_num_queries(9):
        known(world.partnership, on=day)
    network.champion(world.agency, "Ben")
    network.champion(world.agency, "Cat")
    with django_assert_num_queries(9):
        known(world.partnership, on=day)


def test_the_directory_leads_a_coordinator_to_the_network(sign_in, cy, amira, pola):
    link = "/champions/network/severnshire/"
    assert link in sign_in(cy).get("/champions/").content.decode()
    assert link not in sign_in(amira).get("/champions/").content.decode()
