"""Every mail is a row first, and leaves once."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction

from tests.factories import UserFactory
from training.notices import services
from training.notices.models import WAITS, Notice


def notices():
    return Notice.objects.everywhere(reason="test")


@pytest.fixture
def notice(db, moment):
    return services.send(to="ann@example.org", kind="reminder", subject="Learning", body="Please look.", at=moment)


@pytest.fixture
def failing(monkeypatch):
    """A mail server that refuses, and names the address in its answer as mail servers do."""

    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no such ann@example.org")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_a_notice_waits_for_the_worker_and_is_then_sent(notice, moment):
    assert mail.outbox == []
    assert services.flush(at=moment) == 1
    [message] = mail.outbox
    assert (message.to, message.subject, message.body) == (["ann@example.org"], "Learning", "Please look.")
    assert message.extra_headers["Message-ID"] == f"<{notice.uid}@localhost>"
    assert notices().get().sent_at == moment


def test_a_notice_is_sent_once_however_often_the_outbox_is_emptied(notice, moment):
    assert [services.flush(at=moment + timedelta(days=n)) for n in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_of_two_who_take_the_same_notice_one_sends_it(notice, moment, monkeypatch):
    """The second reads the row before the first has claimed it, and claims after: the race, made certain."""
    stale = notices().get(pk=notice.pk)
    assert services.deliver(notice.pk, at=moment)
    notices().filter(pk=notice.pk).update(sent_at=None, send_after=moment)  # as it looked to the second
    monkeypatch.setattr("training.notices.models.NoticeQuerySet.first", lambda self: stale)
    assert not services.deliver(notice.pk, at=moment)
    assert len(mail.outbox) == 1


def test_two_workers_at_once_send_each_notice_once(committed, moment):
    for number in range(20):
        services.send(to=f"ann{number}@example.org", kind="mail", subject="Learning", body="x", at=moment)
    start = Barrier(2)

    def empty(_: int) -> int:
        start.wait(timeout=10)
        try:
            return services.flush(at=moment)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(empty, range(2)))
    assert sum(sent) == 20
    assert sorted(message.to for message in mail.outbox) == sorted([f"ann{number}@example.org"] for number in range(20))


def test_a_notice_whose_transaction_is_undone_is_never_sent(db, moment):
    with pytest.raises(RuntimeError), transaction.atomic():
        services.send(to="ann@example.org", kind="mail", subject="Learning", body="x", at=moment, at_once=True)
        raise RuntimeError
    assert not notices().exists()
    assert services.flush(at=moment) == 0


def test_a_refused_notice_is_tried_again_later_and_later(notice, moment, failing):
    tried_at = [moment]
    for wait in WAITS[:-1]:
        assert services.flush(at=tried_at[-1]) == 0
        assert services.flush(at=tried_at[-1] + wait - timedelta(seconds=1)) == 0
        assert notices().get().tries == len(tried_at)
        tried_at.append(tried_at[-1] + wait)
    assert notices().get().sent_at is None


def test_a_notice_is_given_up_after_the_last_try(notice, moment, failing):
    for n in range(20):
        services.flush(at=moment + timedelta(days=2 * n))
    assert notices().get().tries == len(WAITS)


def test_an_error_is_kept_by_its_kind_without_the_address(notice, moment, failing):
    services.flush(at=moment)
    assert notices().get().last_error == "SMTPRecipientsRefused"


def test_a_notice_that_breaks_in_any_way_does_not_stop_those_behind_it(notice, moment, monkeypatch, caplog):
    services.send(to="ben@example.org", kind="reminder", subject="Learning", body="Please look.", at=moment)
    build = services._message

    def trip(broken):
        if broken.pk == notice.pk:
            raise ValueError(f"cannot write to {broken.address}")
        return build(broken)

    monkeypatch.setattr(services, "_message", trip)
    assert services.flush(at=moment) == 1
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert notices().get(pk=notice.pk).last_error == "ValueError"
    assert "ValueError" in caplog.text
    assert "ann@" not in caplog.text


def test_a_notice_is_not_sent_once_it_is_of_no_use(db, moment, failing, monkeypatch):
    ends = moment + timedelta(minutes=15)
    services.send(to="ann@example.org", kind="mail", subject="Code", body="x", at=moment, useless_after=ends)
    services.flush(at=moment)
    monkeypatch.undo()
    assert services.flush(at=ends + timedelta(seconds=1)) == 0
    assert services.flush(at=ends) == 1


def test_a_mail_that_expires_is_of_no_use_afterwards(committed, settings, moment):
    settings.EMAIL_BACKEND = "training.notices.backend.OutboxBackend"
    for headers in ({"Expires": format_datetime(moment)}, {}):
        mail.EmailMessage("Code", "x", None, ["ann@example.org"], headers=headers).send()
    assert list(notices().order_by("pk").values_list("useless_after", flat=True)) == [moment, None]


def test_what_a_given_up_notice_said_is_forgotten(notice, moment, failing):
    ends = moment + timedelta(minutes=15)
    code = services.send(to="ben@example.org", kind="mail", subject="Code", body="x", at=moment, useless_after=ends)
    assert services.forget_given_up(at=ends) == 0
    assert services.forget_given_up(at=ends + timedelta(seconds=1)) == 1
    assert notices().get(pk=code.pk).body == ""
    for n in range(len(WAITS)):
        assert notices().get(pk=notice.pk).body == "Please look."
        services.flush(at=moment + timedelta(days=2 * n))
    assert services.forget_given_up(at=moment + timedelta(days=30)) == 1
    assert notices().get(pk=notice.pk).body == ""


def test_a_notice_leaves_when_the_server_is_back(notice, moment, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("training.notices.services._message", lambda notice: (_ for _ in ()).throw(ConnectionError()))
        services.flush(at=moment)
    assert services.flush(at=moment + WAITS[0]) == 1
    kept = notices().get()
    assert (kept.tries, kept.last_error) == (2, "")


def test_a_notice_can_wait_for_its_hour(db, moment):
    later = moment + timedelta(hours=3)
    services.send(to="ann@example.org", kind="mail", subject="Learning", body="x", at=moment, send_after=later)
    assert services.flush(at=later - timedelta(seconds=1)) == 0
    assert services.flush(at=later) == 1


def test_what_a_sent_notice_said_is_forgotten_outside_the_demo(notice, moment, settings):
    settings.IS_DEMO = False
    services.flush(at=moment)
    assert notices().get().body == ""
    assert mail.outbox[0].body == "Please look."


def test_a_notice_to_an_address_with_a_login_is_that_logins(db, moment):
    user = UserFactory(email="ann@example.org")
    by_address = services.send(to="Ann@example.org", kind="mail", subject="Learning", body="x", at=moment)
    assert by_address.user == user
    assert services.send(to=user, kind="mail", subject="Learning", body="x", at=moment).address == "ann@example.org"


def test_a_subject_cannot_carry_another_header(db, moment):
    sent = services.send(to="ann@example.org", kind="mail", subject="Learning\nBcc: x@y.example", body="x", at=moment)
    assert sent.subject == "Learning Bcc: x@y.example"


def test_notices_are_forgotten_after_thirty_days(notice, moment):
    services.forget_old(at=moment + timedelta(days=30))
    assert notices().count() == 1
    services.forget_old(at=moment + timedelta(days=30, seconds=1))
    assert notices().count() == 0


def test_mail_of_django_goes_through_the_outbox_and_leaves_after_the_transaction(committed, settings):
    settings.EMAIL_BACKEND = "training.notices.backend.OutboxBackend"
    with transaction.atomic():
        mail.send_mail("Learning", "Hello", None, ["ann@example.org", "ben@example.org"])
        assert mail.outbox == []
        assert notices().filter(sent_at__isnull=True).count() == 2
    assert [message.to for message in mail.outbox] == [["ann@example.org"], ["ben@example.org"]]
    assert notices().filter(sent_at__isnull=True).count() == 0


def test_a_mail_that_cannot_leave_at_once_does_not_stop_the_one_who_writes_it(committed, settings, failing):
    settings.EMAIL_BACKEND = "training.notices.backend.OutboxBackend"
    assert mail.send_mail("Learning", "Hello", None, ["ann@example.org"]) == 1
    assert notices().get().tries == 1


def test_one_sees_ones_own_notices_alone(amira, bea, access_for, moment):
    mine = services.send(to=amira.user, kind="mail", subject="Learning", body="x", at=moment)
    services.send(to=bea, kind="mail", subject="Learning", body="x", at=moment)
    assert list(Notice.objects.visible_to(access_for(amira))) == [mine]
