"""Champions hear once, by a neutral mail, that something of theirs ends soon; mended before it leaves, it never does."""

from datetime import timedelta

import pytest

from champions.conditions import Conditions
from champions.models import ChampionStep, LapseNotice, StepMark
from champions.services.agreement import check_in
from champions.services.conditions import set_conditions
from champions.services.lapsing import tell_of_lapsing
from champions.services.leaving import stand_down
from champions.services.steps import refresh_steps
from tests.champions.conftest import BY, post_of
from training.notices.models import Notice
from training.notices.services import flush
from training.people.models import Person, Term

SOON = timedelta(days=40)


@pytest.fixture
def lapses(pola, day, moment):
    """Pola checks in each second month, and is warned thirty days before: she lapses from day 32 on."""
    conditions = Conditions(check_in_months=2, warn_days=30)
    set_conditions(partnership=pola.partnership, starts_on=day, conditions=conditions, by=BY, at=moment)
    return pola


def tick(at):
    """What the worker does; how many were written to."""
    refresh_steps(at=at)
    return tell_of_lapsing(at=at)


def mails(person, **found):
    """Those sent or to be sent about it."""
    return Notice.objects.everywhere(reason="test").filter(user=person.user, kind="agreement", **found)


def both_check_in(champion, at):
    """Whatever ends is mended."""
    for side in ("own", "manager"):
        check_in(champion=champion, side=side, by=BY, at=at)


def test_each_lapse_is_told_once_a_day_later_and_without_its_subject(lapses, moment):
    at = moment + SOON
    assert [tick(moment), tick(at), tick(at)] == [0, 1, 0]
    assert flush(at=at) == 0
    mail = mails(lapses.person).get()
    assert "hampion" not in mail.subject + mail.body.replace("/champions/me/", "")
    flush(at=at + timedelta(days=1))
    assert mails(lapses.person, sent_at__isnull=False).count() == 1
    both_check_in(lapses, at + timedelta(days=2))
    assert tick(at + timedelta(days=2)) == 0
    assert tick(at + timedelta(days=2) + SOON) == 1


def test_what_is_mended_before_the_mail_leaves_takes_it_back(lapses, moment):
    at = moment + SOON
    tick(at)
    both_check_in(lapses, at)
    tick(at + timedelta(hours=1))
    assert not mails(lapses.person).exists()
    assert not LapseNotice.objects.everywhere(reason="test").exists()


def test_nobody_is_told_who_is_on_leave_protected_or_gone(lapses, moment):
    at, posts = moment + SOON, Term.objects.everywhere(reason="test").filter(post=post_of(lapses.person))
    posts.update(status="long_leave")
    assert tick(at) == 0
    posts.update(status="active")
    people = Person.objects.everywhere(reason="test").filter(pk=lapses.person_id)
    people.update(is_protected=True)
    assert tick(at) == 0
    people.update(is_protected=False)
    assert tick(at) == 1
    stand_down(champion=lapses, by=BY, at=at)
    assert tick(at) == 0
    assert not mails(lapses.person).exists()


def test_nobody_hears_twice_who_was_on_leave_meanwhile(lapses, moment):
    at, posts = moment + SOON, Term.objects.everywhere(reason="test").filter(post=post_of(lapses.person))
    tick(at)
    flush(at=at + timedelta(days=1))
    posts.update(status="long_leave")
    assert tick(at + timedelta(days=2)) == 0
    posts.update(status="active")
    assert tick(at + timedelta(days=3)) == 0


def test_nobody_hears_twice_while_the_read_table_is_made_anew(lapses, moment):
    at = moment + SOON
    tick(at)
    flush(at=at + timedelta(days=1))
    ChampionStep.objects.everywhere(reason="test").delete()
    assert tell_of_lapsing(at=at + timedelta(days=1)) == 0
    StepMark.objects.update(changes=None)
    assert tick(at + timedelta(days=1)) == 0


def test_the_coordinator_reads_that_they_hear_of_it(lapses, moment, sign_in, cy):
    at = moment + SOON
    tick(at)
    LapseNotice.objects.everywhere(reason="test").update(told_from=at)
    page = sign_in(cy).get("/champions/network/severnshire/people/").content.decode()
    assert "By mail on 12 December 2026." in page


def test_looking_takes_two_queries_where_nothing_changed(lapses, hana, moment, django_assert_num_queries):
    tick(moment + SOON)
    with django_assert_num_queries(2):
        tell_of_lapsing(at=moment + SOON)
