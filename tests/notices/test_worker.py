"""The worker ticks, runs jobs, gives a sign of life, and stops when told."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

from django.core.management import call_command
from django.utils import timezone

from training.notices import services, ticks
from training.notices.management.commands import worker
from training.notices.models import Notice, WorkerBeat


def test_the_rooms_ticks_are_found():
    names = {f"{tick.__module__}.{tick.__name__}" for tick in ticks.all_ticks()}
    assert {"training.notices.services.flush", "training.ledger.tasks.announce_tick"} <= names


def test_every_tick_can_be_called_twice_for_one_moment(db, moment):
    assert ticks.run_ticks(ticks.all_ticks(), now=lambda: moment) == []
    assert ticks.run_ticks(ticks.all_ticks(), now=lambda: moment) == []


def test_a_tick_that_fails_keeps_none_of_the_others_from_running(moment):
    done = []

    def fails(*, at):
        raise ValueError

    def counts(*, at):
        done.append(at)

    moments = iter(moment + timedelta(seconds=seconds) for seconds in range(3))
    assert ticks.run_ticks([counts, fails, counts], now=lambda: next(moments)) == [f"{__name__}.fails"]
    assert done == [moment, moment + timedelta(seconds=2)], "each at a moment of its own: one may take long"


def test_the_worker_sends_mail_and_beats(db, moment):
    services.send(to="ann@example.org", kind="mail", subject="Learning", body="x", at=moment)
    before = signal.getsignal(signal.SIGTERM)
    call_command("worker", once=True, quiet=True)
    assert signal.getsignal(signal.SIGTERM) is before
    assert Notice.objects.everywhere(reason="test").get().sent_at is not None
    assert (timezone.now() - WorkerBeat.objects.get(name="worker").at).total_seconds() < 10


def test_the_worker_keeps_one_beat(db):
    for _ in range(2):
        worker.work(Event(), once=True)
    assert WorkerBeat.objects.count() == 1


def test_the_worker_does_nothing_more_once_stopped(db):
    stop = Event()
    stop.set()
    worker.work(stop)
    assert not WorkerBeat.objects.exists()


def test_the_worker_runs_jobs_one_after_another(committed, settings):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from tests.notices.job import count_letters

    results = [count_letters.enqueue(word) for word in ("one", "three")]
    worker.work(Event(), once=True)
    done = DBTaskResult.objects.filter(id__in=[result.id for result in results])
    assert sorted(done.values_list("status", "return_value")) == [("SUCCESSFUL", 3), ("SUCCESSFUL", 5)]


def test_a_stop_signal_ends_the_worker_cleanly():
    process = subprocess.Popen(
        [sys.executable, "-c", STARTS_THE_WORKER], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "The worker is running.\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    said, complaints = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "The worker has stopped.\n"), complaints


# The command around a loop that only waits: the signal's way is what counts here, not the database.
STARTS_THE_WORKER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "training.settings.test"
import django
django.setup()
from training.notices.management.commands import worker
worker.work = lambda stop, once=False: stop.wait(15)
from django.core.management import call_command
call_command("worker", skip_checks=True)
"""


def test_the_mailbox_shows_the_latest_mail(client, db, moment):
    services.send(to="ann@example.org", kind="mail", subject="Your sign-in code", body="BCDF-GHJK", at=moment)
    page = client.get("/mailbox/").content.decode()
    assert "BCDF-GHJK" in page
    assert "exists in the demo alone" in page


def test_there_is_no_mailbox_outside_the_demo(client, db, settings, monkeypatch):
    from importlib import reload

    from training.notices import urls

    settings.IS_DEMO = False
    assert client.get("/mailbox/").status_code == 404
    monkeypatch.setattr("django.conf.settings", SimpleNamespace(IS_DEMO=False))
    assert reload(urls).urlpatterns == []
    monkeypatch.undo()
    settings.IS_DEMO = True
    assert len(reload(urls).urlpatterns) == 1
