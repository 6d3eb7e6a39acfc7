"""'This entry is wrong': HR withdraws what its agency recorded; what the site saw itself takes two of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from certificates.models import Certificate
from certificates.services import issue
from home.agency.queues import queues_of
from tests.conftest import MOMENT
from tests.factories import RoleGrantFactory, UserFactory, completion
from tests.home.agency.conftest import colleague
from tests.people.identity.conftest import record
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger.models import Doubt, Entry
from training.ledger.services import announce
from training.ledger.tasks import forget_doubts_tick
from training.ledger.verify import verify
from training.ledger.wrong import NotTheirEntry, say_wrong
from training.notices.models import Notice
from training.people.identity.merge import join_records, merge_records

DONE_ON = date(2026, 3, 2)


@pytest.fixture
def recorded(amira, asked, world):
    """A completion of amira's that the hospital recorded from evidence."""
    return completion(amira, asked, on=DONE_ON, agency=world.agency, method="evidence")


@pytest.fixture
def online(amira, asked, world):
    """One that the site itself saw."""
    return completion(amira, asked, on=DONE_ON, agency=world.agency, method="online")


@pytest.fixture
def bob(world):
    """Leads HR beside bea."""
    return RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency).user


def page_of(entry):
    return reverse("agency-wrong", args=["SVH", entry.person.uid, entry.uid])


def press(client, entry, wrong="day", do="confirm"):
    return client.post(page_of(entry), {"wrong": wrong, "do": do}, follow=True).content.decode()


def sequels():
    rows = Entry.objects.everywhere(reason="test").exclude(kind="completion").order_by("number")
    return [(row.kind, row.reason, row.effective_on) for row in rows]


def test_what_the_agency_recorded_it_withdraws_after_a_look(hr, amira, recorded, worked_out):
    certificate = issue(recorded, at=MOMENT)
    worked_out()
    person = hr.get(reverse("agency-person", args=["SVH", amira.uid])).content.decode()
    assert page_of(recorded) in person
    look = press(hr, recorded, do="look")
    assert "In date" in look and "Overdue" in look
    assert sequels() == []
    assert "The entry is withdrawn." in press(hr, recorded)
    assert sequels() == [("void", "The day is wrong", None)]
    assert Certificate.objects.with_code(certificate.code).with_withdrawal().get().is_voided
    assert hr.get(page_of(recorded)).status_code == 404
    assert verify(recorded.partnership).is_intact


def test_a_wrong_day_is_put_right_in_one_step_with_a_certificate_in_place_of_the_old(hr, amira, recorded):
    old = issue(recorded, at=MOMENT)
    assert "Correct the day" in press(hr, recorded, do="look")
    day = {"right_day_day": "20", "right_day_month": "2", "right_day_year": "2026"}
    said = {"wrong": "day", "do": "correct"}
    assert "Enter the right day" in hr.post(page_of(recorded), said).content.decode()
    later = {"right_day_day": "1", "right_day_month": "1", "right_day_year": "2090"}
    assert "is yet to come" in hr.post(page_of(recorded), said | later).content.decode()
    assert sequels() == []
    assert "The day is corrected." in hr.post(page_of(recorded), said | day, follow=True).content.decode()
    assert sequels() == [("void", "The day is wrong", None)]
    announce()
    new = old.superseded_by
    assert (new.words.completed_on, new.correction) == (date(2026, 2, 20), "day")
    assert Notice.objects.everywhere(reason="test").get(user=amira.user).subject == "Learning"
    assert verify(recorded.partnership).is_intact


def test_it_is_on_record_and_the_learner_is_told_nothing_of_the_subject(hr, bea, amira, recorded):
    press(hr, recorded)
    event = AuditEvent.objects.get(verb="completion withdrawn")
    told = (event.actor, event.agency_code, event.object_uid, event.detail)
    assert told == (f"user:{bea.uid}", "SVH", str(recorded.uid), {"wrong": "day"})
    notice = Notice.objects.everywhere(reason="test").get(user=amira.user)
    assert notice.subject == "Learning"
    assert recorded.module_title not in notice.body


def test_what_was_right_stops_counting_today_and_counted_until_then(hr, recorded, day):
    assert "stops counting today" in press(hr, recorded, "stops", do="look")
    press(hr, recorded, "stops")
    assert sequels() == [("revocation", "It was right, and stops counting today", day)]


def test_what_the_site_saw_takes_two_who_say_the_same(client, bea, bob, online, world, day, access_for):
    client.force_login(bea)
    for _ in range(2):
        assert "a colleague with the HR role has to say so too" in press(client, online, "not_done")
    assert "Withdraw this entry" not in client.get(page_of(online)).content.decode()
    assert sequels() == []

    def waits(who):
        queues = queues_of(world.agency, access_for(who), on=day, at=MOMENT)
        return next(queue.count for queue in queues if queue.title == "Entries said to be wrong")

    assert (waits(bea), waits(bob)) == (0, 1)
    client.force_login(bob)
    assert page_of(online) in client.get(reverse("agency-doubts", args=["SVH"])).content.decode()
    assert "Your colleague said: It was not done." in press(client, online, "twice")
    assert sequels() == []
    assert "The entry is withdrawn." in press(client, online, "not_done")
    assert sequels() == [("void", "It was not done", None)]
    assert not Doubt.objects.everywhere(reason="test").exists()


def test_one_who_left_is_told_where_they_sign_in_now_and_two_decide(client, bea, bob, asked, world):
    old = record(world.agency, last_name="Before", ends_on=DONE_ON)
    own = record(world.neighbour, last_name="After")
    own.user = UserFactory(email="after@svp.example")
    own.save()
    join_records(own, old, proof="address", by=Actor("user", "own"), at=MOMENT)
    entry = completion(old, asked, on=DONE_ON, agency=world.agency, method="import")
    client.force_login(bea)
    assert "a colleague with the HR role has to say so too" in press(client, entry)
    assert sequels() == []
    client.force_login(bob)
    assert "The entry is withdrawn." in press(client, entry)
    assert [each.user for each in Notice.objects.everywhere(reason="test")] == [own.user]


def test_a_doubt_that_nobody_shares_is_dropped_or_forgotten(client, bea, bob, online):
    client.force_login(bea)
    press(client, online)
    client.force_login(bob)
    assert "The entry stands as it is." in press(client, online, do="drop")
    press(client, online)
    assert forget_doubts_tick(MOMENT + timedelta(days=29)) == 0
    assert forget_doubts_tick(MOMENT + timedelta(days=31)) == 1
    assert sequels() == []


def test_nobody_withdraws_what_is_their_own_or_anothers(hr, bea, amira, asked, world, dot, client):
    own = colleague(world.agency, "Bea")
    own.user = bea
    own.save()
    mine = completion(own, asked, on=DONE_ON, agency=world.agency, method="evidence")
    theirs = completion(amira, asked, on=DONE_ON, agency=world.neighbour, method="evidence")
    of_nobody = completion(amira, asked, on=DONE_ON - timedelta(days=1), method="import")
    for entry in (mine, theirs):
        assert hr.get(page_of(entry)).status_code == 404
        assert hr.post(page_of(entry), {"wrong": "day", "do": "confirm"}).status_code == 404
    page = hr.get(reverse("agency-person", args=["SVH", own.uid])).content.decode()
    assert "This entry is wrong" not in page
    with pytest.raises(NotTheirEntry):
        say_wrong(mine, Doubt.Wrong.DAY, agency=world.agency, own=[own.pk], by=Actor("user", "x"), at=MOMENT)
    with pytest.raises(NotTheirEntry):
        say_wrong(theirs, Doubt.Wrong.DAY, agency=world.agency, own=[], by=Actor("user", "x"), at=MOMENT)
    assert of_nobody.agency == world.agency
    client.force_login(dot)
    assert client.get(page_of(of_nobody)).status_code == 404
    assert sequels() == []


def test_an_entry_of_a_merged_record_is_reached_under_both(hr, amira, asked, world):
    other = colleague(world.agency, "Amira")
    entry = completion(other, asked, on=DONE_ON, agency=world.agency, method="evidence")
    merge_records(world.agency, amira, other, evidence=["Same name"], own=(), by=Actor("user", "x"), at=MOMENT)
    for person in (amira, other):
        address = reverse("agency-wrong", args=["SVH", person.uid, entry.uid])
        assert "Amira Learner" in hr.get(address).content.decode()


def test_who_is_alone_in_hr_is_not_sent_to_a_colleague(hr, online):
    assert "You are the only one" in hr.get(page_of(online)).content.decode()
    look = press(hr, online, do="look")
    assert "nobody to ask" in look and "Ask a colleague" not in look
