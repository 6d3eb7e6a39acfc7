"""Asking through the site: no address passes, only the two sides read it, and it does not last."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from champions.errors import AlreadyAsked, ChampionError, NotOpen, TooManyToday
from champions.models import ContactRequest
from champions.services.listing import hide
from champions.services.requests import ask, delete_request, forget_old, reply
from champions.tasks import TICKS
from tests.champions.conftest import BY
from training.audit.models import AuditEvent
from training.notices.models import Notice
from training.people.models import Person


@pytest.fixture
def asked(amira, pola, moment):
    """Amira has asked Pola."""
    return ask(sender=amira, champion=pola, about="worry", urgency="today", words="Are you free?", by=BY, at=moment)


def mails():
    """What is in the outbox."""
    return list(Notice.objects.everywhere(reason="test").order_by("pk"))


def test_a_request_reaches_the_champion_and_the_answer_comes_back(sign_in, amira, pola):
    sent = sign_in(amira).post(
        f"/champions/{pola.uid}/ask/", {"about": "worry", "urgency": "today", "words": "Are you free?"}
    )
    got = sign_in(pola.person).get(sent.url).content.decode()
    assert "A request from Amira Learner" in got
    assert "Severn Vale Hospitals" in got
    assert "Are you free?" in got
    sign_in(pola.person).post(sent.url, {"choice": "meet", "words": "Canteen at noon"})
    answer = sign_in(amira).get(sent.url).content.decode()
    assert "Your request to Pola Roster" in answer
    assert "Let us meet" in answer
    assert "Canteen at noon" in answer
    assert [(mail.user, mail.subject) for mail in mails()] == [
        (pola.person.user, "A message for you"),
        (amira.user, "A message for you"),
    ]


def test_no_address_is_in_any_byte_of_page_or_mail(sign_in, amira, pola, asked):
    reply(request=asked, choice="call", words="Ask the switchboard", by=BY, at=asked.asked_at)
    pages = [
        sign_in(who).get(address).content.decode()
        for who in (amira, pola.person)
        for address in (f"/champions/requests/{asked.uid}/", "/champions/me/", "/champions/")
    ]
    pages.append(sign_in(amira).get(f"/champions/{pola.uid}/ask/").content.decode())
    texts = [*pages, *(mail.subject + mail.body for mail in mails())]
    assert len(texts) == 9
    for text in texts:
        assert "@svh.example" not in text
        assert "@svp.example" not in text


def test_the_mail_names_nobody_and_no_subject(amira, pola, asked):
    (mail,) = mails()
    for word in ("Amira", "Pola", "worried", "free", "abuse"):
        assert word not in mail.subject + mail.body
    assert f"/champions/requests/{asked.uid}/" in mail.body


def test_only_the_two_sides_may_read_it(sign_in, bea, col, dot, cy, hana, stranger, asked):
    for who in (bea, col, dot, cy, hana.person, stranger):
        answers = {
            sign_in(who).get(f"/champions/requests/{asked.uid}/").status_code,
            sign_in(who).post(f"/champions/requests/{asked.uid}/delete/").status_code,
        }
        assert answers <= {403, 404}
    assert sign_in(hana.person).get(f"/champions/requests/{asked.uid}/").status_code == 404


def test_what_waits_for_a_champion_stands_first_on_their_page(sign_in, pola, asked, moment):
    said = "1 request waits for your answer"
    assert said in sign_in(pola.person).get("/champions/me/").content.decode()
    reply(request=asked, choice="call", words="Ask the switchboard", by=BY, at=moment)
    assert said not in sign_in(pola.person).get("/champions/me/").content.decode()


def test_the_sender_cannot_answer_their_own_request(sign_in, amira, asked):
    assert sign_in(amira).post(f"/champions/requests/{asked.uid}/", {"choice": "call"}).status_code == 404


@pytest.mark.parametrize("side", ["amira", "pola"])
def test_either_side_can_delete_it_for_both(sign_in, amira, pola, asked, side):
    who = {"amira": amira, "pola": pola.person}[side]
    sign_in(who).post(f"/champions/requests/{asked.uid}/delete/")
    assert sign_in(amira).get(f"/champions/requests/{asked.uid}/").status_code == 404
    assert "taken back or deleted" in sign_in(pola.person).get(f"/champions/requests/{asked.uid}/").content.decode()
    row = ContactRequest.objects.everywhere(reason="test").get()
    assert (row.words, row.deleted_at is not None) == ("", True)


def test_an_answer_is_given_once(asked, moment):
    reply(request=asked, choice="call", words="", by=BY, at=moment)
    with pytest.raises(NotOpen):
        reply(request=asked, choice="meet", words="", by=BY, at=moment)


def test_a_champion_is_asked_once_until_they_answer(asked, amira, pola, moment):
    with pytest.raises(AlreadyAsked):
        ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment)
    with pytest.raises(AlreadyAsked):
        ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment + timedelta(days=2))
    reply(request=asked, choice="not_me", words="Try Hana", by=BY, at=moment)
    ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment + timedelta(days=2))


@pytest.mark.parametrize("who", ["amira", "another record of hers"])
def test_who_deletes_a_request_cannot_ask_the_same_champion_again_for_a_day(
    world, network, amira, pola, asked, moment, who
):
    other = network.colleague(world.neighbour, "Amy", duty=False)
    everyone = Person.objects.everywhere(reason="test")
    everyone.filter(pk__in=[amira.pk, other.pk]).update(same_as=amira)
    sender = everyone.get(pk=amira.pk if who == "amira" else other.pk)
    delete_request(request=asked, by=BY, at=moment)
    again = {"sender": sender, "champion": pola, "about": "team", "urgency": "week", "words": "", "by": BY}
    with pytest.raises(AlreadyAsked, match="24 hours"):
        ask(at=moment + timedelta(hours=23), **again)
    ask(at=moment + timedelta(hours=24), **again)


def test_a_mail_that_has_not_left_goes_with_its_request(amira, pola, hana, asked, moment):
    kept = ask(sender=amira, champion=hana, about="team", urgency="week", words="", by=BY, at=moment)
    delete_request(request=asked, by=BY, at=moment)
    (mail,) = mails()
    assert str(kept.uid) in mail.body


def test_who_got_a_request_that_was_taken_back_can_keep_its_sender_away_unnamed(sign_in, amira, pola, asked, moment):
    delete_request(request=asked, by=BY, at=moment)
    address = f"/champions/requests/{asked.uid}/"
    client = sign_in(pola.person)
    assert "Amira" not in client.get(address).content.decode()
    page = client.post(f"{address}block/", follow=True).content.decode()
    assert "Somebody whose request to you was taken back" in page
    assert "Amira" not in page
    assert sign_in(amira).get(f"/champions/{pola.uid}/ask/").status_code == 404
    assert sign_in(amira).post(f"{address}block/").status_code == 404


def test_five_a_day_and_deleting_does_not_make_room(network, world, amira, moment):
    champions = [network.champion(world.agency, name) for name in ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay")]
    for champion in champions[:5]:
        sent = ask(sender=amira, champion=champion, about="team", urgency="week", words="", by=BY, at=moment)
        delete_request(request=sent, by=BY, at=moment)
    with pytest.raises(TooManyToday):
        ask(sender=amira, champion=champions[5], about="team", urgency="week", words="", by=BY, at=moment)
    tomorrow = moment + timedelta(days=1)
    ask(sender=amira, champion=champions[5], about="team", urgency="week", words="", by=BY, at=tomorrow)


def test_the_database_holds_the_limit(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRequest.objects.everywhere(reason="test").update(number=6)


def test_a_deleted_request_keeps_no_words(asked, moment):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRequest.objects.everywhere(reason="test").update(deleted_at=moment)


def test_nobody_asks_themselves(sign_in, pola, moment):
    with pytest.raises(ChampionError):
        ask(sender=pola.person, champion=pola, about="team", urgency="week", words="", by=BY, at=moment)
    assert sign_in(pola.person).get(f"/champions/{pola.uid}/ask/").status_code == 404


def test_a_long_message_is_refused_and_nothing_is_sent(sign_in, amira, pola):
    page = sign_in(amira).post(
        f"/champions/{pola.uid}/ask/", {"about": "worry", "urgency": "today", "words": "x" * 100_000}
    )
    assert "Write 600 characters or fewer" in page.content.decode()
    assert mails() == []


def test_mark_up_is_shown_as_typed(sign_in, amira, pola, moment):
    sent = ask(sender=amira, champion=pola, about="team", urgency="week", words="<b>hi</b>", by=BY, at=moment)
    page = sign_in(pola.person).get(f"/champions/requests/{sent.uid}/").content.decode()
    assert "&lt;b&gt;hi&lt;/b&gt;" in page


def test_the_form_says_not_to_write_about_real_people(sign_in, amira, pola):
    assert "Do not write about real people" in sign_in(amira).get(f"/champions/{pola.uid}/ask/").content.decode()


def test_a_champion_who_hides_is_named_no_longer(sign_in, amira, pola, asked, moment):
    hide(champion=pola, by=BY, at=moment)
    page = sign_in(amira).get(f"/champions/requests/{asked.uid}/").content.decode()
    assert "Your request to A champion" in page
    assert "Pola" not in page


def test_requests_are_deleted_after_thirty_days(asked, moment):
    assert forget_old in TICKS
    assert forget_old(at=moment + timedelta(days=30)) == 0
    assert forget_old(at=moment + timedelta(days=30, seconds=1)) == 1


def test_the_audit_keeps_no_words(asked):
    event = AuditEvent.objects.get(verb="request sent")
    assert (event.object_uid, event.detail) == (str(asked.uid), {})
