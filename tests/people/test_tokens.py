"""An agency's token opens the door until its last day, and is kept nowhere."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.people.models import AgencyToken, AnsweredRequest
from training.people.tokens import (
    OtherBody,
    TokenError,
    answered,
    end_token,
    forget_answers,
    keep_answer,
    make_token,
    token_for,
)

BY = Actor.system("test")


@pytest.fixture
def make(world, day, moment):
    def made(**more) -> str:
        chosen = {"label": "HR system", "ends_on": day + timedelta(days=30)} | more
        return make_token(world.agency, on=day, by=BY, at=moment, **chosen)

    return made


def test_a_token_is_known_again_until_its_last_day(make, world, day):
    raw = make()
    assert token_for(raw, on=day).agency == world.agency
    assert token_for(raw, on=day + timedelta(days=30)) is not None
    assert token_for(raw, on=day + timedelta(days=31)) is None


def test_a_token_stands_nowhere_in_the_table(make):
    raw = make()
    values = [str(value) for value in AgencyToken.objects.values().get().values()]
    assert not any(raw in value or raw[3:] in value for value in values)


def test_the_day_it_was_last_used_is_kept(make, day):
    raw = make()
    assert AgencyToken.objects.get().last_used_on is None
    token_for(raw, on=day)
    assert AgencyToken.objects.get().last_used_on == day


@pytest.mark.parametrize("raw", ["", "tp_", "tp_wrong", "Bearer", "\x00"])
def test_what_is_no_token_opens_nothing(make, day, raw):
    make()
    assert token_for(raw, on=day) is None


def test_a_token_ends_within_a_year(make, day):
    for ends_on in (day - timedelta(days=1), day + timedelta(days=367)):
        with pytest.raises(TokenError, match="within a year"):
            make(ends_on=ends_on)


def test_a_token_says_what_it_is_for(make):
    with pytest.raises(TokenError, match="what the token is for"):
        make(label="  ")


def test_the_command_prints_it_once_and_is_audited(world):
    out, err = StringIO(), StringIO()
    call_command("make_token", "SVH", "--label", "HR system", stdout=out, stderr=err)
    assert token_for(out.getvalue().strip(), on=date.today()).agency == world.agency
    assert AuditEvent.objects.get(verb="token made").agency_code == "SVH"


def test_the_command_refuses_an_unknown_agency(world):
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("make_token", "NOBODY", "--label", "x", stderr=err)
    assert (stopped.value.code, err.getvalue().strip()) == (2, "There is no agency with the code NOBODY.")


def test_a_token_is_taken_back_once_and_that_is_on_record(make, day, moment):
    raw = make()
    token = AgencyToken.objects.get()
    end_token(token, by=BY, at=moment)
    assert token_for(raw, on=day) is None
    assert AuditEvent.objects.get(verb="token ended").object_uid == str(token.uid)
    with pytest.raises(TokenError, match="already"):
        end_token(token, by=BY, at=moment)


def test_the_command_lists_an_agencys_tokens_and_takes_one_back(world):
    raw, listed = StringIO(), StringIO()
    call_command("make_token", "SVH", "--label", "HR system", stdout=raw, stderr=StringIO())
    call_command("end_token", "SVH", stdout=listed)
    uid = listed.getvalue().split()[0]
    call_command("end_token", "SVH", uid, stdout=StringIO())
    assert token_for(raw.getvalue().strip(), on=date.today()) is None


def test_the_command_takes_back_no_token_of_another_agency(make, day):
    raw, err = make(), StringIO()
    with pytest.raises(SystemExit):
        call_command("end_token", "SVP", str(AgencyToken.objects.get().uid), stderr=err)
    assert err.getvalue().strip() == "SVP has no such token. Leave it out to list those there are."
    assert token_for(raw, on=day) is not None


def test_the_same_request_is_answered_the_same_and_another_body_is_refused(make, moment):
    make()
    token = AgencyToken.objects.get()
    assert answered(token, "k1", b"one") is None
    keep_answer(token, "k1", b"one", {"rows": 1}, at=moment)
    assert answered(token, "k1", b"one") == {"rows": 1}
    with pytest.raises(OtherBody):
        answered(token, "k1", b"two")


def test_the_database_keeps_one_answer_under_a_key(make, moment):
    make()
    token = AgencyToken.objects.get()
    keep_answer(token, "k1", b"one", {}, at=moment)
    with pytest.raises(IntegrityError):
        keep_answer(token, "k1", b"two", {}, at=moment)


def test_answers_are_forgotten_after_thirty_days(make, moment):
    make()
    keep_answer(AgencyToken.objects.get(), "k1", b"one", {}, at=moment)
    assert forget_answers(at=moment + timedelta(days=30)) == 0
    assert forget_answers(at=moment + timedelta(days=30, seconds=1)) == 1
    assert not AnsweredRequest.objects.exists()
