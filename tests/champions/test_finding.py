"""Finding by need, by word and by tap: what is shown to whom, bad input, and how much one may look at."""

import re

import pytest

from champions.models import CardLook, Entry, ReaderDay
from champions.offers import Listing
from champions.selectors.cards import preview
from champions.services.entries import refresh_entries
from champions.services.listing import update_profile
from champions.services.looks import forget_old_looks
from champions.services.requests import ask
from champions.words import Shown, words_for
from tests.champions.conftest import BY
from tests.conftest import MOMENT
from training.access.clock import today
from training.people.identity.names import folded
from training.people.models import Person

WHY = "test"


@pytest.fixture
def page(sign_in, amira):
    """What amira finds, by what she types."""
    return lambda **typed: sign_in(amira).post("/champions/", typed).content.decode()


def test_three_taps_lead_from_a_need_to_a_champion_near(sign_in, amira, network, pola, hana):
    client, address = sign_in(amira), "/champions/"
    for words in ("help somebody who is stalked", "Polish", "Northdale"):
        chip = re.search(rf'<a class="ui-chip" href="([^"]*)">{words}', client.get(address).content.decode())
        assert chip
        address = chip.group(1).replace("&amp;", "&")
    found = client.get(address).content.decode()
    assert "Pola Roster" in found
    assert "Hana" not in found
    assert "ui-chip" not in found
    assert not re.search("stalk", address)


@pytest.mark.parametrize(
    "text",
    ["pola", "POLA", "  rost ", "stalk", "polish stalking", "severnshire police", "northdale", "Pola!", "monday"],
)
def test_words_on_the_card_find_it(page, pola, hana, text):
    found = page(text=text)
    assert "Pola Roster" in found
    assert "Nobody here fits" not in found


@pytest.mark.parametrize(
    "text",
    ["zzz", "'", '"', "' OR 1=1 --", "%", "_", "\\", "العربية", "пола", "日本", "\x00\x01", "= specialism:", "😀"],
)
def test_words_on_no_card_find_nobody_and_break_nothing(page, pola, text):
    found = page(text=text)
    assert "Nobody here fits all of that" in found or (not folded(text).strip() and "Nobody here" not in found)


def test_only_spaces_look_for_nothing(page, pola):
    assert "Champions who can be asked" in page(text=" \t\n ")


def test_long_text_is_refused_and_stays(page, pola):
    found = page(text="x" * 500)
    assert "Write 200 characters or fewer" in found
    assert "x" * 500 in found


def test_what_is_typed_is_in_no_address_and_no_record(sign_in, amira, pola):
    answer = sign_in(amira).get("/champions/?text=pola")
    assert "Champions who can be asked" in answer.content.decode()


def test_accents_and_scripts_are_found_as_typed_without_them(page, network, world):
    network.champion(world.agency, "Łucja")
    assert "Łucja Roster" in page(text="lucja")
    assert "Łucja Roster" in page(text="ŁUCJA")


def test_what_champions_alone_are_shown_is_neither_seen_nor_found_by_others(sign_in, amira, network, world, hana):
    listing = Listing(
        alias="Robin", name_to="champions", languages_to="champions", languages=("pl",), agency_to="everybody"
    )
    network.champion(world.neighbour, "Pola", network.north, listing)
    for who, sees in ((amira, False), (hana.person, True)):
        client = sign_in(who)
        card = client.get("/champions/").content.decode()
        assert ("Pola Roster" in card, "Robin" in card) == (sees, not sees)
        assert ("Nobody here fits" in client.get("/champions/?language=pl").content.decode()) is not sees
        assert ("Nobody here fits" in client.post("/champions/", {"text": "pola"}).content.decode()) is not sees


def test_ones_own_page_shows_the_card_as_each_audience_sees_it(pola, hana, day):
    update_profile(champion=pola, listing=Listing(agency_to="champions"), by=BY, at=MOMENT)
    pola.refresh_from_db()
    previews = preview(pola, on=day)
    assert [(card.name, card.agency) for card in previews.values()] == [
        ("A champion", ""),
        ("A champion", "Severnshire Police"),
    ]
    assert len(preview(hana, on=day)) == 1


def test_the_audience_of_a_thing_holds_for_words_too():
    shown = Shown(audiences={"name_to": "champions", "agency_to": ""}, name="Ana Łoś", alias="Kit", agency="Police")
    assert words_for(shown, ["everybody"]) == " =kit "
    assert words_for(shown, ["champions", "everybody"]) == " =ana =los "


def test_the_read_table_comes_back_the_same(pola, hana, day):
    def table():
        rows = Entry.objects.everywhere(reason=WHY)
        return sorted(rows.values_list("champion", "for_everybody", "for_champions", "is_open"))

    before = table()
    assert len(before) == 2
    Entry.objects.everywhere(reason=WHY).delete()
    assert refresh_entries(at=MOMENT) == 2
    assert table() == before
    assert refresh_entries(at=MOMENT) == 0


def test_a_name_that_changes_is_found_by_the_new_one_alone(page, pola, moment):
    Person.objects.everywhere(reason=WHY).filter(pk=pola.person_id).update(first_name="Nadia")
    Entry.objects.everywhere(reason=WHY).delete()
    refresh_entries(at=moment)
    assert "Nadia Roster" in page(text="nadia")
    assert "Nobody here fits" in page(text="pola")


def test_after_many_looks_a_plain_page_says_whom_to_ask(sign_in, amira, pola):
    client = sign_in(amira)
    client.get("/champions/")
    ReaderDay.objects.everywhere(reason=WHY).update(cards=400)
    for address in ("/champions/", f"/champions/{pola.uid}/ask/"):
        answer = client.get(address)
        assert answer.status_code == 429
        assert "That is all for today" in answer.content.decode()
        assert "0808 2000 247" in answer.content.decode()
        assert "Pola" not in answer.content.decode()


def test_a_look_is_counted_for_reader_and_champion_and_ones_own_look_for_neither_card(sign_in, amira, pola, hana):
    sign_in(amira).get("/champions/")
    sign_in(pola.person).get("/champions/")
    mine = ReaderDay.objects.everywhere(reason=WHY).get(user=amira.user)
    assert (mine.looks, mine.cards) == (1, 2)
    assert CardLook.objects.of(pola).count() == 1
    own = sign_in(pola.person).get("/champions/me/").content.decode()
    assert "How often your card was shown" in own
    assert "Amira" not in own


def test_counts_of_looks_are_forgotten_after_thirty_days(sign_in, amira, pola, moment):
    sign_in(amira).get("/champions/")
    CardLook.objects.everywhere(reason=WHY).update(day=moment.date())
    assert forget_old_looks(at=moment.replace(month=12, day=2)) == 0
    assert forget_old_looks(at=moment.replace(month=12, day=3)) == 1
    assert ReaderDay.objects.everywhere(reason=WHY).get().day == today()


def test_hiding_is_one_press_from_every_page_of_ones_own(sign_in, amira, pola, moment):
    sent = ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment)
    for part in ("", "me/", "me/listing/", f"requests/{sent.uid}/"):
        page = sign_in(pola.person).get(f"/champions/{part}").content.decode()
        assert re.search(r'action="/champions/me/hide/"><input type="hidden" name="csrf.*Hide me now', page, re.S)
    assert "Hide me now" not in sign_in(amira).get("/champions/").content.decode()


def test_no_total_is_told(sign_in, amira, network, world):
    for name in range(14):
        network.champion(world.agency, f"Ann{name}")
    first = sign_in(amira).get("/champions/").content.decode()
    assert first.count('class="ui-card"') == 12
    assert "More champions" in first
    assert "14" not in re.sub(r"<[^>]*>", "", first.split("<main")[1].split("</main")[0]).replace("Ann14", "")
    second = sign_in(amira).post("/champions/", {"page": 2}).content.decode()
    assert second.count('class="ui-card"') == 2
    assert "More champions" not in second
