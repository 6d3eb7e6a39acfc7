"""What should not be typed, through the pages: each ends in a plain answer, is kept as typed or not at all, and finds
what it says in any script."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import CharField, Form
from django.test import Client
from django.utils.html import escape

from champions.forms.plain import TURNS, Address, Words
from champions.models import CARDS_A_DAY, LOOKS_A_DAY, ContactRequest, Contribution, Enquiry, ReaderDay
from champions.offers import Listing
from champions.services.noticeboard import open_thread
from champions.services.requests import ask
from tests.champions.conftest import BY, EVERYTHING

WHY = "test"
SCRIPTS = ("Zażółć gęślą jaźń", "محمّد بن عليّ", "王小明", "Ångström", "👩🏽‍🚒 Ola", "O\u0301 Se\u0301", "Ἀθηνᾶ", "हिन्दी")
ODD = (
    *SCRIPTS[1:5:3],
    "'; DROP TABLE x; --",
    '"><script>alert(1)</script>',
    "{{ 7*7 }} {% now %}",
    "%s %(a)s %",
)
ASKED = {"about": "team", "urgency": "week"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_name_in_any_script_is_found_as_it_is_shown(sign_in, amira, network, world, name):
    network.champion(world.agency, "Nia", listing=Listing(alias=name))
    found = sign_in(amira).post("/champions/", {"text": name}).content.decode()
    assert escape(name) in found
    assert "Nobody here fits" not in found


def test_what_is_typed_otherwise_finds_the_same(sign_in, amira, network, world):
    network.champion(world.agency, "Nia", listing=Listing(alias="Zoë Óbuda"))
    for typed in ("zoe obuda", "ZOE\u0308", "O\u0301BUDA", "  zoë\u00a0 "):
        assert "Zoë Óbuda" in sign_in(amira).post("/champions/", {"text": typed}).content.decode(), typed


@pytest.mark.parametrize("words", ODD)
def test_words_come_as_they_were_typed_and_do_nothing(sign_in, amira, pola, words):
    sent = sign_in(amira).post(f"/champions/{pola.uid}/ask/", ASKED | {"words": words})
    assert sent.status_code == 302
    assert escape(words) in sign_in(pola.person).get(sent.url).content.decode()
    sign_in(pola.person).post(sent.url, {"choice": "call", "words": words})
    assert escape(words) in sign_in(amira).get(sent.url).content.decode()


def test_signs_that_turn_the_direction_are_taken_out_of_every_message():
    turned = "".join(map(chr, TURNS))
    assert Words().clean(f"{turned}txt.exe{turned} محمّد") == "txt.exe محمّد"
    forms = Form.__subclasses__()
    for form in [each for each in forms if each.__module__.startswith("champions.")]:
        for name, field in form.base_fields.items():
            if type(field) is CharField:
                assert (form.__name__, name) in {("SearchForm", "text"), ("PeopleForm", "name")}


@pytest.mark.parametrize("address", ['"nfarrow"@svh.example', "nfarrow@[127.0.0.1]", "n\u017fx@svh.example"])
def test_an_address_in_another_spelling_is_refused(address):
    with pytest.raises(ValidationError, match="right form"):
        Address().clean(address)
    assert Address().clean("n.o'farrow+x@svh.example")


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "x" * 100_000, "é" * 100_000])
def test_words_that_cannot_be_carried_are_refused_everywhere(sign_in, amira, pola, cy, moment, words):
    thread = open_thread(partnership=pola.partnership, title="Posters", by=BY, at=moment)
    request = ask(sender=amira, champion=pola, words="", by=BY, at=moment, **ASKED)
    pages = [
        sign_in(amira).post(f"/champions/{pola.uid}/ask/", ASKED | {"words": words}),
        sign_in(amira).post("/champions/ask/", {"words": words, "looked": "1"}),
        sign_in(pola.person).post(f"/champions/requests/{request.uid}/", {"choice": "call", "words": words}),
        sign_in(pola.person).post(f"/champions/noticeboard/{thread.uid}/", {"words": words}),
        sign_in(pola.person).post("/champions/me/listing/", {"alias": words}),
        sign_in(pola.person).post("/champions/me/keep-away/", {"address": f"{words}@svh.example"}, follow=True),
        sign_in(cy).get("/champions/network/severnshire/people/", {"name": words[:3000]}),
        sign_in(amira).post("/champions/", {"text": words}),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert all("There is a problem" in page.content.decode() for page in pages[:5])
    request.refresh_from_db()
    assert (request.reply, ContactRequest.objects.everywhere(reason=WHY).count()) == ("", 1)
    assert not Contribution.objects.everywhere(reason=WHY).exists()
    assert not Enquiry.objects.everywhere(reason=WHY).exists()


@pytest.mark.parametrize("words", [" \t\n ", "\u200b", "\u00a0"])
def test_only_spaces_are_nothing_to_say(sign_in, amira, pola, moment, words):
    request = ask(sender=amira, champion=pola, words="", by=BY, at=moment, **ASKED)
    page = sign_in(pola.person).post(f"/champions/requests/{request.uid}/", {"choice": "call", "words": words})
    assert "Write where to call you" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["?need=9999999999999999999999", "?need=two", "?locality=-1", "?language=%00", "?page=1e9"]
)
def test_addresses_made_by_hand_are_a_plain_page(sign_in, amira, pola, query):
    assert sign_in(amira).get(f"/champions/{query}").status_code == 200
    assert sign_in(amira).get(f"/champions/{pola.uid}/ask/?again={query[1:]}").status_code == 200


def test_several_sessions_of_one_login_copy_no_more_than_one(amira, pola, hana):
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(amira.user)
    assert browsers[0].get("/champions/").status_code == 200
    ReaderDay.objects.everywhere(reason=WHY).update(looks=LOOKS_A_DAY - 1)
    assert browsers[0].get("/champions/?need=2").status_code == 200
    for browser in browsers:
        assert browser.get("/champions/").status_code == 429
        assert browser.post("/champions/", {"text": "pola", "page": 2}).status_code == 429
        assert browser.get(f"/champions/{hana.uid}/ask/").status_code == 429


def test_pages_of_cards_count_as_many_as_they_show(sign_in, amira, network, world):
    for number in range(3):
        network.champion(world.agency, f"Nia{number}", listing=EVERYTHING)
    client = sign_in(amira)
    client.get("/champions/")
    client.post("/champions/", {"text": "nia"})
    row = ReaderDay.objects.everywhere(reason=WHY).get()
    assert (row.looks, row.cards) == (2, 6)
    ReaderDay.objects.everywhere(reason=WHY).update(cards=CARDS_A_DAY)
    assert client.get("/champions/").status_code == 429
