"""One's own page: be listed, change what is shown, hide at once."""

from champions.models import Champion, ChampionProfile


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
