"""Pages of meetings: nobody learns who else is there, and what others may see says nothing of the subject."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from champions.models import Attendance, Meeting, MeetingGuest
from champions.services.attendance import answer, come_by_code, note_came
from champions.services.guests import invite_guest
from champions.services.leaving import stand_down
from champions.services.meetings import cancel_meeting
from champions.services.requests import block
from champions.tasks import TICKS
from tests.champions.conftest import BY
from tests.champions.test_meetings import planned
from training.notices.models import Notice
from training.people.models import Person

NETWORK = "/champions/network/severnshire/meetings/"
CODE = "/champions/code/"


def html(answered):
    return answered.content.decode()


def mails():
    return Notice.objects.everywhere(reason="test").order_by("pk")


@pytest.fixture
def now(db):
    """Pages read the clock."""
    cache.clear()
    return timezone.now()


@pytest.fixture
def soon(world, now):
    """A meeting of tomorrow."""
    return planned(world.partnership, now + timedelta(hours=20), at=now, place="The Old Hall", joining="Ring twice")


@pytest.fixture
def running(world, now):
    """A meeting that began ten minutes ago."""
    return planned(world.partnership, now - timedelta(minutes=10), at=now - timedelta(days=9))


def test_where_it_is_is_shown_to_those_who_say_that_they_come(sign_in, pola, soon):
    page = f"/champions/meetings/{soon.uid}/"
    client = sign_in(pola.person)
    assert soon.title in html(client.get("/champions/meetings/"))
    assert "The Old Hall" not in html(client.get(page))
    shown = html(client.post(page, {"kind": "coming"}, follow=True))
    assert "The Old Hall" in shown and "Ring twice" in shown
    assert "The Old Hall" not in html(client.post(page, {"kind": "sorry"}, follow=True))


def test_what_was_before_somebody_was_a_champion_is_not_among_what_they_missed(sign_in, pola, world, moment):
    for title, days in (("Too early", -3), ("In their time", 3)):
        planned(world.partnership, moment + timedelta(days=days), at=moment - timedelta(days=9), title=title)
    page = html(sign_in(pola.person).get("/champions/meetings/"))
    assert "In their time" in page
    assert "Too early" not in page


def test_meetings_are_for_champions_alone(sign_in, amira, cy, soon):
    for who in (amira, cy):
        for page in ("", f"{soon.uid}/", f"{soon.uid}/meeting.ics"):
            assert sign_in(who).get(f"/champions/meetings/{page}").status_code == 404


def test_checking_in_by_code_tells_of_nobody_else(sign_in, pola, hana, running):
    come_by_code(champion=hana, typed=running.code, by=BY, at=timezone.now())
    shown = html(sign_in(pola.person).post(CODE, {"code": running.spaced_code.lower()}, follow=True))
    assert "on your record that you came" in shown
    for page in (shown, html(sign_in(pola.person).get(f"/champions/meetings/{running.uid}/"))):
        assert "Hana" not in page
    assert Attendance.objects.everywhere(reason="test").filter(kind="came").count() == 2


def test_ten_wrong_codes_an_hour_are_enough_and_a_right_one_then_waits_too(sign_in, pola, amira, running):
    client = sign_in(pola.person)
    for typed in ("CDF HJK", "?", "x" * 40, "''\"", "١٢٣"):
        for _ in range(2):
            assert "does not work now" in html(client.post(CODE, {"code": typed}))
    assert "too many codes" in html(client.post(CODE, {"code": running.code}))
    assert not Attendance.objects.everywhere(reason="test").exists()
    assert "does not work now" in html(sign_in(amira).post(CODE, {"code": running.code}))


def test_calendar_file_and_hours_say_nothing_of_the_subject(sign_in, pola, running):
    note_came(meeting=running, champion=pola, by=BY, at=timezone.now())
    client = sign_in(pola.person)
    entry = client.get(f"/champions/meetings/{running.uid}/meeting.ics")
    assert b"SUMMARY:Meeting\r\n" in entry.content
    assert running.title.encode() not in entry.content
    assert 'filename="meeting.ics"' in entry["Content-Disposition"]
    lines = html(client.get("/champions/me/hours/hours.csv")).splitlines()
    assert lines[1] == f"{running.held_on},Meeting,120"
    assert "2 hours" in html(client.get("/champions/me/hours/"))


def test_a_coordinator_plans_after_a_look_and_those_it_is_for_are_written_to(sign_in, cy, pola, hana, network, now):
    day = now + timedelta(days=30)
    said = {
        "title": "Stalking in the north",
        "held_on_day": day.day,
        "held_on_month": day.month,
        "held_on_year": day.year,
        "starts": "2 pm",
        "ends": "16:30",
        "agenda": "One\n\nTwo",
        "minutes": "150",
        "localities": [network.north.pk],
    }
    client = sign_in(cy)
    looked = html(client.post(f"{NETWORK}new/", {**said, "preview": "1"}))
    assert "Northdale: 1 champion today" in looked
    assert not Meeting.objects.exists()
    client.post(f"{NETWORK}new/", said)
    for _ in range(2):
        tick_all(now)
    mail = mails().get()
    assert (mail.address, mail.subject) == (pola.person.user.email, "A message for you")
    assert "talking" not in mail.body + mail.subject and "hampion" not in mail.body.replace("/champions/", "")


def tick_all(at):
    for tick in TICKS:
        tick(at=at)


def test_those_who_come_are_reminded_once_and_not_when_they_have_gone_or_it_is_cancelled(
    world, network, pola, hana, soon, now
):
    gone = network.champion(world.agency, "Ben")
    for champion, kind in ((pola, "coming"), (hana, "sorry"), (gone, "coming")):
        answer(meeting=soon, champion=champion, kind=kind, by=BY, at=now)
    stand_down(champion=gone, by=BY, at=now)
    mails().delete()
    Meeting.objects.update(told_up_to=None)
    for _ in range(2):
        tick_all(now)
    assert [mail.address for mail in mails()] == [pola.person.user.email]
    cancel_meeting(meeting=soon, by=BY, at=now)
    cancel_meeting(meeting=soon, by=BY, at=now)
    Attendance.objects.everywhere(reason="test").update(reminded_at=None)
    tick_all(now)
    assert ["not take place" in mail.body for mail in mails()] == [False, True]


def test_the_sheet_is_ticked_and_taken_back_by_the_coordinator(sign_in, cy, pola, hana, amira, running):
    page, client = f"{NETWORK}{running.uid}/", sign_in(cy)
    ticked = [str(pola.person.uid), str(amira.uid), "nonsense"]
    assert "Noted: 0 came" in html(client.post(f"{page}came/", {"came": ticked}, follow=True))
    shown = html(client.post(f"{page}came/", {"came": ticked[:2]}, follow=True))
    assert "Noted: 1 came" in shown and "Hana Roster" in shown and "Amira" not in shown
    row = Attendance.objects.everywhere(reason="test").get()
    assert row.champion_id == pola.pk
    client.post(f"{page}came/{row.uid}/")
    assert "Pola Roster" not in html(client.get(page, {"answered": "on"}))


def test_who_keeps_the_coordinator_away_is_on_the_sheet_without_a_name_and_counts(sign_in, cy, pola, hana, running):
    for champion in (pola, hana):
        note_came(meeting=running, champion=champion, by=BY, at=timezone.now())
    block(owner=pola.person, address=cy.email, by=BY, at=timezone.now())
    page, client = f"{NETWORK}{running.uid}/", sign_in(cy)
    shown = html(client.get(page))
    assert "Pola" not in shown and "Hana Roster" in shown
    assert shown.count("Take back") == 2 and "Name withheld" in shown
    assert client.get(page).context["counts"].came == 2
    assert "Name withheld" not in html(client.get(page, {"name": "pola"}))


def test_a_protected_champion_is_on_the_sheet_without_a_name_and_no_search_finds_them(sign_in, cy, pola, running):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    page, client = f"{NETWORK}{running.uid}/", sign_in(cy)
    shown = html(client.get(page))
    assert "Pola" not in shown and "Name withheld" in shown
    assert "Name withheld" not in html(client.get(page, {"name": "Pola"}))


def test_a_guest_sees_the_agenda_answers_once_and_is_forgotten(client, soon, now):
    token = invite_guest(meeting=soon, address="Guest@Lantern.example", by=BY, at=now)
    link = f"/champions/guest/{token}/"
    assert token in mails().get().body and not MeetingGuest.objects.filter(token_hash=token).exists()
    opened = client.get(link)
    assert opened["Referrer-Policy"] == "same-origin", "with none at all browsers send no origin, and no form is taken"
    shown = html(opened)
    assert "A talk." in shown and "The Old Hall" not in shown
    assert "The Old Hall" in html(client.post(link, {"kind": "coming", "name": "Sam"}, follow=True))
    client.post(link, {"kind": "sorry", "name": "Other"})
    assert MeetingGuest.objects.values_list("name", "answer").get() == ("Sam", "coming")
    assert client.get("/champions/guest/nonsense/").status_code == 404
    tick_all(soon.ends_at + timedelta(days=30, minutes=1))
    assert MeetingGuest.objects.values_list("name", "address").get() == ("", "")


def test_a_guests_link_stops_with_the_invitation_and_with_the_meeting(sign_in, client, cy, soon, now):
    token = invite_guest(meeting=soon, address="guest@lantern.example", by=BY, at=now)
    guest = MeetingGuest.objects.get()
    sign_in(cy).post(f"{NETWORK}{soon.uid}/guests/{guest.uid}/")
    assert client.get(f"/champions/guest/{token}/").status_code == 404
    again = invite_guest(meeting=soon, address="guest@lantern.example", by=BY, at=now)
    cancel_meeting(meeting=soon, by=BY, at=now)
    assert client.get(f"/champions/guest/{again}/").status_code == 404


def test_sheet_and_list_take_the_same_queries_for_one_and_for_three(
    sign_in, cy, world, network, pola, running, django_assert_max_num_queries
):
    client = sign_in(cy)
    client.get(f"{NETWORK}{running.uid}/")
    taken = []
    for names in ((), ("Ben", "Cat")):
        for name in names:
            network.champion(world.agency, name)
        with django_assert_max_num_queries(40) as queries:
            client.get(f"{NETWORK}{running.uid}/")
        taken.append(len(queries))
    assert taken[0] == taken[1]
