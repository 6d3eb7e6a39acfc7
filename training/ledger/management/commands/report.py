"""`manage.py report`: an agency's figures as at a day, as known at a moment. The same call gives the same bytes."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from training.access.clock import LONDON, london_date
from training.ledger.freshness import SETTLES
from training.ledger.report import agency_report
from training.ledger.report.figures import as_csv, as_json
from training.people.models import Agency

BAD_CALL = 2


class Command(BaseCommand):
    """Exit status 0: printed. 2: a bad call, with the reason on the error stream."""

    help = "Print an agency's figures as at a day, as known at a moment, worked out from facts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, for which day, as known when, in which form."""
        parser.add_argument("--agency", required=True, metavar="CODE")
        parser.add_argument("--as-at", metavar="DATE", help="the day, 2026-03-31; else the day of --known-at")
        parser.add_argument("--known-at", metavar="MOMENT", help="2026-04-04T12:00, London unless it says; else now")
        parser.add_argument("--format", default="csv", choices=["csv", "json"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Understand, work out, print."""
        agency = Agency.objects.filter(code__iexact=options["agency"]).first()
        if agency is None:
            self._stop(f"There is no agency with the code '{options['agency']}'.")
        now = timezone.now()
        known_at = self._moment(options["known_at"]) if options["known_at"] else now
        if options["known_at"] and known_at > now - SETTLES:
            self._stop(
                "What is known at a moment settles within two minutes. Name one that is at least two minutes ago."
            )
        on = self._day(options["as_at"]) if options["as_at"] else london_date(known_at)
        found = agency_report(agency, on=on, known_at=known_at)
        self.stdout.write(as_json(found) if options["format"] == "json" else as_csv(found), ending="")

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._stop(f"{text} is not a day. Write it as 2026-03-31.")

    def _moment(self, text: str) -> datetime:
        """A moment; a day alone means its last second, a time without a zone London's."""
        try:
            if len(text) == len("2026-04-04"):
                moment = datetime.combine(date.fromisoformat(text), time.max)
            else:
                moment = datetime.fromisoformat(text)
        except ValueError:
            self._stop(f"{text} is not a moment. Write it as 2026-04-04T12:00.")
        return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)

    def _stop(self, message: str) -> NoReturn:
        self.stderr.write(message)
        raise SystemExit(BAD_CALL)
