"""One's own page: be listed, change what is shown, hide at once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from champions import terms
from champions.models import Attendance, Champion, ChampionProfile
from champions.offers import Listing
from champions.selectors.facts import known
from champions.selectors.meeting_pages import member
from champions.services.leaving import stand_down
from champions.services.listing import update_profile
from champions.services.network import nominate, record_agreement
from tests.champions.conftest import BY, post_of
from tests.factories import MembershipFactory
from training.people.models import Duty, Membership, Partnership

from .test_meetings import planned

LINK = re.compile(r'(?:href|action)="([^"]*)"')


def test_a_champion_lists_themselves_and_hides_in_one_press(sign_in, amira, network, world):
    person = network.agreed(world.agency, "Nia", network.north)
    client = sign_in(person)
    assert "Be listed" in client.get("/champions/me/").content.decode()
    form = {
        "name_to": "everybody",
        "specialisms_to": "everybody",
        "specialisms": ["stalking"],
        "terms_version": terms.VERSION,
        "agrees": "on",
    }
    page = client.post("/champions/me/listing/", form, follow=True).content.decode()
    assert "You are listed" in page
    assert "Can help with: Stalking" in page
    assert "Northdale" not in page
    assert "Nia Roster" in sign_in(amira).get("/champions/").content.decode()
    page = sign_in(person).post("/champions/me/hide/", follow=True).content.decode()
    assert "You are hidden" in page
    assert "Nia" not in sign_in(amira).get("/champions/").content.decode()


def test_one_press_hides_in_every_partnership(sign_in, pola, world, moment):
    """Listed in one, and then their agency joined another, which their own page shows now or does not."""
    MembershipFactory(agency=world.neighbour, partnership__code="another", partnership__title="Another")
    another = Champion.objects.create(
        person=pola.person, partnership=Partnership.objects.get(code="another"), recorded_at=moment
    )
    ChampionProfile.objects.create(champion=another, is_listed=True, terms_version=terms.VERSION, agreed_at=moment)
    sign_in(pola.person).post("/champions/me/hide/")
    assert not ChampionProfile.objects.everywhere(reason="test").filter(is_listed=True).exists()


def test_whoever_is_listed_and_no_champion_any_longer_can_hide(sign_in, pola, world):
    Membership.objects.filter(agency=world.neighbour).delete()
    assert sign_in(pola.person).post("/champions/me/hide/").status_code == 302
    assert not ChampionProfile.objects.everywhere(reason="test").filter(is_listed=True).exists()


def test_saving_a_listing_does_not_show_whoever_has_hidden_meanwhile(pola, moment, monkeypatch):
    """Both were pressed at once: what was read before hiding is not written back."""
    read = Listing.audiences

    def hides(listing):
        ChampionProfile.objects.of(pola).update(is_listed=False)
        return read(listing)

    monkeypatch.setattr(Listing, "audiences", hides)
    update_profile(champion=pola, listing=Listing(alias="Jo"), by=BY, at=moment)
    profile = ChampionProfile.objects.of(pola).get()
    assert (profile.is_listed, profile.alias) == (False, "Jo")


def test_without_the_tick_nobody_is_listed(sign_in, network, world):
    person = network.agreed(world.agency, "Nia")
    page = sign_in(person).post("/champions/me/listing/", {"terms_version": terms.VERSION}).content.decode()
    assert "Tick the box if you want to be listed" in page
    assert not ChampionProfile.objects.everywhere(reason="test").exists()


def test_an_old_page_of_the_terms_is_refused(sign_in, network, world):
    person = network.agreed(world.agency, "Nia")
    form = {"terms_version": 0, "agrees": "on"}
    page = sign_in(person).post("/champions/me/listing/", form).content.decode()
    assert "The terms have changed" in page
    assert not ChampionProfile.objects.everywhere(reason="test").exists()


def test_the_page_says_what_to_do_next(sign_in, network, world):
    person = network.colleague(world.agency, "Nia")
    page = sign_in(person).get("/champions/me/").content.decode()
    assert "Put forward" in page
    assert "Ask your manager to agree" in page


def test_one_who_is_no_champion_is_told_so(sign_in, amira):
    page = sign_in(amira).get("/champions/me/").content.decode()
    assert "You are not a champion" in page
    assert sign_in(amira).get("/champions/me/listing/").status_code == 404
    assert sign_in(amira).post("/champions/me/hide/").status_code == 404


def test_titles_stay_neutral(sign_in, amira, pola):
    for address in ("/champions/", "/champions/me/", f"/champions/{pola.uid}/ask/"):
        title = sign_in(amira).get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert title == "Champions"


@pytest.fixture
def elsewhere(pola, moment):
    """Pola's agency is in another network too, in which she has not been put forward."""
    return MembershipFactory(
        agency=post_of(pola.person).employment.agency, partnership__code="another", partnership__title="Another"
    ).partnership


def test_who_works_in_two_networks_chooses_and_acts_in_each(sign_in, pola, elsewhere, world, day):
    """Every address on the page names its network, so that nothing is done in the wrong one."""
    client, here, there = sign_in(pola.person), "?network=severnshire", "?network=another"
    page = client.get("/champions/me/").content.decode()
    assert f'href="/champions/me/{there}"' in page
    assert {f"/champions/me/{each}/{here}" for each in ("listing", "rest", "stand-down")} <= set(LINK.findall(page))
    page = client.post(f"/champions/me/stand-down/{there}", {"reason": ""}, follow=True).content.decode()
    assert f'href="/champions/me/{here}"' in page and "You have stood down" in page
    client.post(f"/champions/me/rest/{here}")
    assert ChampionProfile.objects.of(pola).get().rests_until
    assert client.get("/champions/me/?network=elsewhere").status_code == 404
    (found,) = known(world.partnership, on=day, people=[pola.person_id])
    assert found.status.is_active


def test_who_goes_on_in_one_network_keeps_the_duty_until_they_have_left_the_other_too(network, world, day, moment):
    """One post, one duty: the first network gave it, and both had a manager's yes."""
    other = MembershipFactory(agency=world.agency, partnership__code="another").partnership
    person = network.colleague(world.agency, "Nia", network.north, duty=False)
    champions = [nominate(person=person, partnership=it, on=day, by=BY, at=moment) for it in (world.partnership, other)]
    for each in champions:
        record_agreement(champion=each, agreed_on=day, by=BY, at=moment)
    running = Duty.objects.everywhere(reason="test").known_now().current_on(day + timedelta(days=5))
    left = []
    for each in champions:
        stand_down(champion=each, by=BY, at=moment + timedelta(days=1))
        left.append(running.count())
    assert left == [1, 0]


def agreed_in(partnership, person, day, moment):
    """Both have said yes there too."""
    champion = nominate(person=person, partnership=partnership, on=day, by=BY, at=moment)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)


def test_a_code_is_good_for_a_meeting_of_the_second_network(sign_in, pola, elsewhere, day, moment):
    at = timezone.now()
    agreed_in(elsewhere, pola.person, day, moment)
    there = planned(elsewhere, at, at=at - timedelta(days=1))
    sign_in(pola.person).post("/champions/code/", {"code": there.code})
    assert Attendance.objects.everywhere(reason="test").get(meeting=there).champion.person == pola.person


def test_the_meetings_behind_ones_own_page_are_of_the_network_that_it_shows(
    sign_in, pola, elsewhere, access_for, day, moment
):
    agreed_in(elsewhere, pola.person, day, moment)
    client = sign_in(pola.person)
    client.get("/champions/me/?network=another")
    assert client.get("/champions/meetings/").context["mine"].partnership == elsewhere
    first = member(access_for(pola.person), on=day)
    assert first and member(access_for(pola.person), on=day, network="gone") == first
