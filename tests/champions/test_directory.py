"""Finding a champion: only who chose to be found, only in one's own partnership, in a fair order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from champions import terms
from champions.conditions import Conditions
from champions.errors import NotAChampion, TermsHaveChanged
from champions.models import CheckIn
from champions.offers import Listing, Specialism
from champions.selectors.cards import cards
from champions.selectors.circles import circles_of
from champions.selectors.directory import Search, found
from champions.services.agreement import check_in
from champions.services.conditions import set_conditions
from champions.services.entries import write_entries
from champions.services.leaving import stand_down
from champions.services.listing import hide, opt_in, update_profile
from champions.services.requests import ask, reply
from tests.champions.conftest import BY, EVERYTHING, post_of
from tests.factories import DesignationFactory, RequirementFactory, RequirementVersionFactory, completion
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.people.models import Duty, Person

STALKING = list(Specialism).index(Specialism.STALKING) + 1


@pytest.fixture
def found_by(access_for, day, moment):
    """The names that somebody finds."""

    def names(who, search=None, on=day):
        access = access_for(who)
        circles = circles_of(access, on=on)
        page = found(access, circles, search or Search(), page=1, on=on, at=moment)
        return [] if page.is_next_best else [card.name for card in cards(page.champions, circles, on=on)]

    return names


def test_only_those_who_opted_in_are_found(found_by, amira, network, world, pola):
    network.colleague(world.agency, "Silent")
    assert found_by(amira) == ["Pola Roster"]


def test_one_who_is_no_champion_on_the_roster_cannot_opt_in(network, world, moment):
    person = network.colleague(world.agency, "Keen", duty=False)
    with pytest.raises(NotAChampion):
        opt_in(
            person=person,
            partnership=world.partnership,
            listing=EVERYTHING,
            terms_version=terms.VERSION,
            by=BY,
            at=moment,
        )


def test_an_old_wording_of_the_terms_lists_nobody(network, world, moment, found_by, amira, monkeypatch):
    network.champion(world.agency, "Early")
    person = network.colleague(world.agency, "Late")
    before = terms.VERSION
    monkeypatch.setattr("champions.terms.VERSION", before + 1)
    assert found_by(amira) == []
    with pytest.raises(TermsHaveChanged):
        opt_in(
            person=person,
            partnership=world.partnership,
            listing=EVERYTHING,
            terms_version=before,
            by=BY,
            at=moment,
        )


def test_hidden_means_gone_at_once(found_by, amira, pola, moment):
    hide(champion=pola, by=BY, at=moment)
    assert found_by(amira) == []


def test_one_who_stands_down_is_found_no_longer(found_by, amira, pola, day, moment):
    stand_down(champion=pola, by=BY, at=moment)
    assert found_by(amira) == []


def test_a_duty_that_ends_takes_the_champion_out(found_by, amira, pola, day):
    Duty.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    assert found_by(amira) == ["Pola Roster"]
    assert found_by(amira, on=day + timedelta(days=1)) == []


def test_a_protected_record_is_never_listed(found_by, amira, pola):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    assert found_by(amira) == []


def test_another_name_is_shown_in_place_of_ones_own(sign_in, amira, network, world):
    network.champion(world.neighbour, "Pola", network.north, Listing(alias="Robin"))
    page = sign_in(amira).get("/champions/").content.decode()
    assert "Robin" in page
    assert "Pola" not in page


def test_what_is_not_ticked_is_neither_shown_nor_found_by(found_by, sign_in, amira, network, world, pola, moment):
    hidden = Listing(specialisms=("stalking",), languages=("pl",), days=("mon",))
    update_profile(champion=pola, listing=hidden, by=BY, at=moment)
    page = sign_in(amira).get("/champions/").content.decode()
    card = page.split('class="ui-card"')[1].split("</div>")[0]
    for word in ("Police", "Northdale", "Stalking", "Polish", "Monday"):
        assert word not in card
    for search in (
        Search(locality=network.north.pk),
        Search(agency_kind="police"),
        Search(specialism=STALKING),
        Search(language="pl"),
    ):
        assert found_by(amira, search) == []


def test_filters_narrow_together(found_by, amira, network, pola, hana):
    assert found_by(amira, Search(specialism=STALKING, language="pl")) == ["Pola Roster"]
    assert found_by(amira, Search(locality=network.south.pk)) == ["Hana Roster"]
    assert found_by(amira, Search(agency_kind="nhs_acute")) == ["Hana Roster"]
    assert found_by(amira, Search(language="pl", locality=network.south.pk)) == []


def test_another_partnership_finds_nobody(sign_in, found_by, stranger, pola, hana):
    assert found_by(stranger) == []
    page = sign_in(stranger).get("/champions/").content.decode()
    assert "Pola" not in page
    assert "Northdale" not in page
    assert sign_in(stranger).get(f"/champions/{pola.uid}/ask/").status_code == 404


def test_nobody_here_offers_the_next_best_and_says_so(sign_in, amira, network, pola, hana):
    page = sign_in(amira).get(f"/champions/?language=pl&locality={network.south.pk}").content.decode()
    assert "Nobody here fits all of that" in page
    assert "Fits 1 of 2" in page
    assert "Pola Roster" in page
    assert page.index("Pola Roster") < page.index("0808 2000 247")


def test_a_partnership_without_champions_says_where_to_turn(sign_in, amira):
    page = sign_in(amira).get("/champions/").content.decode()
    assert "Nobody here yet" in page
    assert "0808 2000 247" in page
    assert "Exit this page" in page


def test_who_was_asked_of_late_comes_last(found_by, amira, network, world, moment):
    listed = [network.champion(world.agency, name, None, Listing(name_to="everybody")) for name in ("Ann", "Ben")]
    first = found_by(amira)[0]
    champion = next(each for each in listed if each.person.name == first)
    ask(sender=amira, champion=champion, about="team", urgency="week", words="", by=BY, at=moment)
    assert found_by(amira)[-1] == first


def test_who_works_today_comes_before_who_was_asked_as_often(found_by, amira, network, world):
    network.champion(world.agency, "Ann", None, Listing(name_to="everybody"))
    network.champion(world.agency, "Ben", None, Listing(name_to="everybody", days_to="everybody", days=("mon",)))
    assert found_by(amira) == ["Ben Roster", "Ann Roster"]


def test_the_order_turns_from_day_to_day(found_by, amira, network, world, day):
    for name in ("Ann", "Ben", "Cat", "Dan"):
        network.champion(world.agency, name)
    firsts = {found_by(amira, on=day + timedelta(days=days))[0] for days in range(60)}
    assert firsts == {"Ann Roster", "Ben Roster", "Cat Roster", "Dan Roster"}


def test_a_search_goes_on_record_by_place_and_not_by_what_help_was_wanted(sign_in, amira, pola):
    sign_in(amira).get("/champions/?specialism=2&language=pl&agency_kind=nhs_acute")
    event = AuditEvent.objects.get(verb="directory searched")
    assert (event.actor, event.partnership_code, event.detail) == (
        f"user:{amira.user.uid}",
        "severnshire",
        {"agency_kind": "nhs_acute"},
    )


@pytest.mark.parametrize(
    "query", ["?locality=999999", "?specialism=%00", "?specialism=99", "?language=%22", "?agency_kind=zz&page=x"]
)
def test_a_filter_that_is_not_on_the_list_finds_nobody(sign_in, amira, pola, query):
    answer = sign_in(amira).get(f"/champions/{query}")
    assert answer.status_code == 200
    assert "Choose from the list" in answer.content.decode()
    assert "Pola" not in answer.content.decode()


def test_the_page_takes_the_same_queries_for_one_and_for_three(
    sign_in, amira, network, world, django_assert_num_queries
):
    network.champion(world.agency, "Ann")
    page = sign_in(amira)
    page.get("/champions/")
    with CaptureQueriesContext(connection) as one:
        page.get("/champions/")
    for name in ("Ben", "Cat"):
        network.champion(world.agency, name)
    with django_assert_num_queries(len(one)):
        page.get("/champions/")


def test_one_still_in_training_is_said_to_be_and_comes_after_who_is_active(
    sign_in, found_by, amira, pola, hana, moment, day
):
    rule = RequirementFactory(role_group=None, designation=DesignationFactory(code="CHAMPION"))
    RequirementVersionFactory(requirement=rule)
    completion(hana.person, on=day)
    rebuild_standings(at=moment)
    write_entries([pola, hana], at=moment)
    for later in range(3):
        assert found_by(amira, on=day + timedelta(days=later)) == ["Hana Roster", "Pola Roster"]
    page = sign_in(amira).get("/champions/").content.decode()
    assert page.count("Still in training") == 1 and page.index("Hana") < page.index("Still in training")


def test_one_who_has_lapsed_is_found_again_once_that_is_mended(found_by, sign_in, amira, pola, world, day, moment):
    asked = Conditions(check_in_months=1)
    set_conditions(partnership=world.partnership, starts_on=day, conditions=asked, by=BY, at=moment)
    later = moment + timedelta(days=60)
    write_entries([pola], at=later)
    assert found_by(amira, on=day + timedelta(days=60)) == []
    for side in CheckIn.Side:
        check_in(champion=pola, side=side, by=BY, at=later)
    write_entries([pola], at=later)
    assert found_by(amira, on=day + timedelta(days=60)) == ["Pola Roster"]


def test_an_active_champion_is_not_said_to_be_in_training(sign_in, amira, pola):
    assert "Still in training" not in sign_in(amira).get("/champions/").content.decode()


def test_a_champion_whose_filters_fit_in_two_ways_is_found_once(found_by, amira, network, world, moment, pola):
    for days, about in ((2, "team"), (0, "worry")):
        at = moment - timedelta(days=days)
        sent = ask(sender=amira, champion=pola, about=about, urgency="week", words="", by=BY, at=at)
        reply(request=sent, choice="call", words="", by=BY, at=at)
    assert found_by(amira) == ["Pola Roster"]
