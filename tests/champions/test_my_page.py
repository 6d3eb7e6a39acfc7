"""One's own page: be listed, change what is shown, hide at once."""

from champions.models import Champion, ChampionProfile
from champions.offers import Listing
from champions.services.listing import update_profile
from tests.champions.conftest import BY
from tests.factories import MembershipFactory
from training.people.models import Membership, Partnership


def test_a_champion_lists_themselves_and_hides_in_one_press(sign_in, amira, network, world):
    person = network.colleague(world.agency, "Nia", network.north)
    client = sign_in(person)
    assert "Be listed" in client.get("/champions/me/").content.decode()
    form = {
        "name_to": "everybody",
        "specialisms_to": "everybody",
        "specialisms": ["stalking"],
        "terms_version": 1,
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
    ChampionProfile.objects.create(champion=another, is_listed=True, terms_version=1, agreed_at=moment)
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
    person = network.colleague(world.agency, "Nia")
    page = sign_in(person).post("/champions/me/listing/", {"terms_version": 1}).content.decode()
    assert "Tick the box if you want to be listed" in page
    assert not ChampionProfile.objects.everywhere(reason="test").exists()


def test_an_old_page_of_the_terms_is_refused(sign_in, network, world):
    person = network.colleague(world.agency, "Nia")
    form = {"terms_version": 0, "agrees": "on"}
    page = sign_in(person).post("/champions/me/listing/", form).content.decode()
    assert "The terms have changed" in page
    assert not Champion.objects.everywhere(reason="test").exists()


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
