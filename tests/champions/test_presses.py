"""What is pressed twice at once is written once. On PostgreSQL: SQLite has one writer at a time.

Two threads are brought to where both have come to the same life; without its lock both would go on.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from champions.errors import ChampionError, NotOpen
from champions.models import Champion, ChampionTurn, Enquiry, EnquiryGuest, EnquiryQuerySet, Nomination
from champions.models.enquiry_guests import EnquiryGuestQuerySet
from champions.services import network as lives
from champions.services import turns
from champions.services.agreement import answer, ask_manager
from champions.services.enquiries import ask_network, take_back_enquiry
from champions.services.enquiry_guests import answer_as_specialist, ask_specialist
from champions.services.leaving import stand_down
from champions.status import Way
from tests.champions.conftest import BY, Network, post_of
from tests.conftest import DAY, MOMENT
from tests.factories import AgencyFactory, LocalityFactory, MembershipFactory, PartnershipFactory
from tests.scratch import scratch_database
from training.audit.models import AuditEvent
from training.notices.models import Notice
from training.people.models import Duty, Term

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
LATER = MOMENT + timedelta(days=1)
AS_LONG_AS_IT_TAKES = 0.3


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("presses"):
        yield


@pytest.fixture
def people(db):
    """Nia, who works at an agency of a partnership, and Mags, who manages her."""
    partnership, agency = PartnershipFactory(), AgencyFactory()
    MembershipFactory(partnership=partnership, agency=agency)
    network = Network(LocalityFactory(partnership=partnership), LocalityFactory(partnership=partnership))
    nia, mags = (network.colleague(agency, name, network.north, duty=False) for name in ("Nia", "Mags"))
    Term.objects.everywhere(reason="test").filter(post=post_of(nia)).update(manager=post_of(mags))
    turns.champion_row(person=nia, partnership=partnership, at=MOMENT)
    return partnership, nia, mags


@pytest.fixture
def at_once(monkeypatch):
    """Runs these at once: whoever has written a turn waits a little for the other to write theirs."""
    meet, record = Barrier(2), turns.on_record

    def recording(*args, **said):
        with suppress(BrokenBarrierError):
            meet.wait(AS_LONG_AS_IT_TAKES)
        record(*args, **said)

    def run(each):
        try:
            return each()
        except ChampionError as error:
            return type(error)
        finally:
            connection.close()

    def together(*work):
        monkeypatch.setattr(turns, "on_record", recording)
        with ThreadPoolExecutor(len(work)) as pool:
            return list(pool.map(run, work))

    return together


def written(person):
    """The turns of this one; how many mails there are, and entries of the audit about them."""
    champion = Champion.objects.everywhere(reason="test").get(person=person)
    rows = list(ChampionTurn.objects.of(champion).values_list("turn", flat=True))
    mails = Notice.objects.everywhere(reason="test").filter(user=person.user)
    return rows, mails.count(), AuditEvent.objects.filter(object_uid=str(champion.uid)).count()


def duties(person):
    """How many of theirs run on."""
    return Duty.objects.everywhere(reason="test").known_now().filter(post=post_of(person), ends_on=None).count()


def after_meeting(meet, step):
    """The step, once the other has come as far or a little time has passed."""

    def met(*args):
        with suppress(BrokenBarrierError):
            meet.wait(AS_LONG_AS_IT_TAKES)
        return step(*args)

    return met


def nominate(people, way=Way.COORDINATOR):
    partnership, nia, _ = people
    return lives.nominate(person=nia, partnership=partnership, on=DAY, by=BY, at=MOMENT, way=way)


def test_put_forward_twice_at_once_is_one_nomination_and_one_mail(people, at_once):
    at_once(*[lambda: nominate(people)] * 2)
    assert written(people[1]) == (["nominated"], 1, 1)


def test_a_manager_who_presses_twice_puts_forward_and_agrees_once(people, at_once):
    partnership, nia, mags = people
    said = {"person": nia, "partnership": partnership, "manager": mags, "by": BY, "at": LATER}
    at_once(*[lambda: lives.put_forward_by_manager(**said)] * 2)
    assert written(nia) == (["nominated", "agreed"], 1, 2)


def test_a_yes_said_twice_at_once_is_one(people, at_once):
    champion = nominate(people)
    at_once(*[lambda: lives.say_yes(champion=champion, by=BY, at=LATER)] * 2)
    assert written(people[1])[0] == ["nominated", "accepted"]


def test_an_offer_taken_twice_at_once_is_taken_once(people, at_once):
    partnership, nia, _ = people
    lives.nominate_address(address=nia.user.email, partnership=partnership, on=DAY, by=BY, at=MOMENT)
    nomination = Nomination.objects.everywhere(reason="test").get(partnership=partnership)
    said = {"nomination": nomination, "person": nia, "says_yes": True, "by": BY, "at": LATER}
    at_once(*[lambda: lives.take_offer(**said)] * 2)
    assert written(nia)[0] == ["nominated", "accepted"]


def test_an_agreement_noted_twice_at_once_is_one(people, at_once):
    champion = nominate(people, Way.OWN)
    said = {"champion": champion, "agreed_on": DAY, "by": BY, "at": LATER}
    assert lives.NotPossibleNow in at_once(*[lambda: lives.record_agreement(**said)] * 2)
    assert written(people[1])[0] == ["nominated", "agreed"]


def test_standing_down_twice_at_once_is_once(people, at_once):
    champion = nominate(people, Way.OWN)
    lives.record_agreement(champion=champion, agreed_on=DAY, by=BY, at=MOMENT)
    at_once(*[lambda: stand_down(champion=champion, by=BY, at=LATER)] * 2)
    assert written(people[1])[0] == ["nominated", "agreed", "stood_down"]


def test_standing_down_in_two_networks_at_once_ends_the_duty(people, at_once):
    partnership, nia, _ = people
    other = MembershipFactory(agency=post_of(nia).employment.agency, partnership=PartnershipFactory()).partnership
    both = [nominate(people, Way.OWN), nominate((other, nia, None), Way.OWN)]
    for champion in both:
        lives.record_agreement(champion=champion, agreed_on=DAY, by=BY, at=MOMENT)
    assert duties(nia) == 1
    at_once(*[lambda champion=champion: stand_down(champion=champion, by=BY, at=LATER) for champion in both])
    assert duties(nia) == 0


def test_asking_twice_at_once_is_one_question_and_a_plain_answer(people, at_once):
    champion = nominate(people, Way.OWN)
    said = {"champion": champion, "asks": "agree", "by": BY, "at": LATER}
    answers = at_once(*[lambda: ask_manager(**said)] * 2)
    assert lives.NotPossibleNow in answers
    assert Notice.objects.everywhere(reason="test").filter(user=people[2].user).count() == 1


def test_a_manager_who_agrees_while_the_champion_stands_down_waits_for_nobody_in_a_circle(people, at_once):
    champion = nominate(people, Way.OWN)
    question = ask_manager(champion=champion, asks="agree", by=BY, at=MOMENT)
    at_once(
        lambda: answer(question=question, says="yes", by=BY, at=LATER),
        lambda: stand_down(champion=champion, by=BY, at=LATER),
    )
    assert written(people[1])[0] in (["nominated", "agreed", "stood_down"], ["nominated", "stood_down"])


def test_a_specialist_who_answers_while_it_is_taken_back_waits_for_nobody_in_a_circle(people, at_once, monkeypatch):
    partnership, nia, _ = people
    enquiry = ask_network(asker=nia, partnership=partnership, words="Which forms?", by=BY, at=MOMENT)
    guest = ask_specialist(enquiry=enquiry, address="expert@clinic.example", question="Which?", by=BY, at=MOMENT)
    meet = Barrier(2)
    for rows, step in ((EnquiryQuerySet, "open"), (EnquiryGuestQuerySet, "take_back")):  # between the two tables
        monkeypatch.setattr(rows, step, after_meeting(meet, getattr(rows, step)))
    came = at_once(
        lambda: answer_as_specialist(guest=guest, words="F1.", at=LATER),
        lambda: take_back_enquiry(enquiry=enquiry, by=BY, at=LATER),
    )
    assert came in ([None, None], [NotOpen, None])
    assert Enquiry.objects.everywhere(reason="test").get(pk=enquiry.pk).answer == ""
    assert EnquiryGuest.objects.get(pk=guest.pk).question == ""
