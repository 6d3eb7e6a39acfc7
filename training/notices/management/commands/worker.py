"""The background worker: jobs from the queue one by one, and every quarter of a minute each room's ticks."""

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from training.notices import services
from training.notices.ticks import all_ticks, run_ticks

TICK_SECONDS = 15
REST_SECONDS = 1


class Command(BaseCommand):
    """Runs until it is told to stop; the job in hand is finished first."""

    help = "Send mail, run background jobs and catch up on what a crash left undone. Stop it with Ctrl+C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How to run it."""
        parser.add_argument("--once", action="store_true", help="do what is waiting, then stop")
        parser.add_argument("--quiet", action="store_true", help="log problems alone")

    def handle(self, **options: Any) -> None:
        """Work until stopped."""
        # The queue's own worker is asked once a second: its greeting each time would drown the log.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        stop = Event()
        before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGINT, signal.SIGTERM)}
        if not options["quiet"]:
            self.stdout.write("The worker is running.")
            self.stdout.flush()
        try:
            work(stop, once=options["once"])
        finally:  # whoever called it can be stopped as before
            for name, handler in before.items():
                signal.signal(name, handler)
        if not options["quiet"]:
            self.stdout.write("The worker has stopped.")


def work(stop: Event, *, once: bool = False) -> None:
    """Ticks and jobs in turn, until `stop` is set, or until nothing is waiting."""
    ticks = all_ticks()
    name = get_random_string(32)
    next_tick = 0.0
    while not stop.is_set():
        if monotonic() >= next_tick:
            services.beat("worker", at=timezone.now())
            run_ticks(ticks, now=timezone.now)
            next_tick = monotonic() + TICK_SECONDS
        if one_job(name):
            continue
        if once:
            return
        stop.wait(REST_SECONDS)


def one_job(worker_id: str) -> bool:
    """Run the next job of the queue, if there is one; whether there was. An empty queue costs a read, no lock."""
    if not DBTaskResult.objects.ready().filter(backend_name="default").exists():
        return False
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
    )
    worker.run()
    return worker._run_tasks > 0
