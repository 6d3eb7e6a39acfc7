"""manage.py coverage: coverage of a partnership on a day, as known at a moment. The same call gives the same bytes."""

import json
import sys
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.clock import LONDON, london_date
from training.ledger.freshness import SETTLES
from training.people.models import Agency, Partnership
from training.strategy import export
from training.strategy.report import Report
from training.strategy.selectors.reports import counted, own_counted
from training.strategy.suppress import Audience
from training.strategy.table import BadTable, Dimensions, dimensions, table

Named = TypeVar("Named", Agency, Partnership)


class BadCall(Exception):
    """What was asked cannot be answered; the text says why."""


class Command(BaseCommand):
    """Exit status 0: printed. 2: a bad call, with the reason on the error stream."""

    help = "Print coverage from facts. Small numbers are hidden as for the board, unless another audience is named."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, divided how, for which day, as known when, for whom, in which form."""
        parser.add_argument("--partnership", metavar="CODE", required=True)
        parser.add_argument("--by", default="agency,tier", metavar="DIMENSIONS", help="such as 'agency,tier'")
        parser.add_argument("--as-at", metavar="DATE", help="the day, 2026-03-31; else the day of --known-at")
        parser.add_argument("--known-at", metavar="MOMENT", help="2026-04-04T12:00, London unless it says; else now")
        parser.add_argument("--audience", default="partnership", choices=[each.value for each in Audience])
        parser.add_argument("--agency", metavar="CODE", help="whose own figures, with --audience own_agency")
        parser.add_argument("--format", default="csv", choices=["csv", "json"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Understand, count, print."""
        try:
            partnership = _named(Partnership, "partnership", options["partnership"])
            by = dimensions(options["by"])
            report = _report(partnership, options, now=timezone.now())
        except (BadCall, BadTable) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        write = _json if options["format"] == "json" else _csv
        self.stdout.write(write(partnership, report, by, options), ending="")


def _report(partnership: Partnership, options: dict[str, Any], *, now: datetime) -> Report:
    known_at = _moment(options["known_at"]) if options["known_at"] else now
    if options["known_at"] and known_at > now - SETTLES:
        raise BadCall(
            "What is known at a moment settles within two minutes. Name one that is at least two minutes ago."
        )
    on = _day(options["as_at"]) if options["as_at"] else london_date(known_at)
    audience = Audience(options["audience"])
    if (audience is Audience.OWN_AGENCY) != bool(options["agency"]):
        raise BadCall("Name an agency with --audience own_agency, and only then.")
    if audience is Audience.OWN_AGENCY:
        agency = _named(Agency, "agency", options["agency"])
        return own_counted(agency, partnership, on=on, at=now, known_at=known_at)
    return counted(partnership, on=on, at=now, known_at=known_at, audience=audience)


def _named(model: type[Named], word: str, code: str) -> Named:
    found = model._default_manager.filter(code=code).first()
    if found is None:
        raise BadCall(f"There is no {word} with the code {code}.")
    return found


def _csv(partnership: Partnership, report: Report, by: Dimensions, options: dict[str, Any]) -> str:
    return export.csv_text(export.coverage_head(by), export.coverage_rows(table(report, by)))


def _json(partnership: Partnership, report: Report, by: Dimensions, options: dict[str, Any]) -> str:
    head = export.coverage_head(by)
    said = {
        "partnership": partnership.code,
        "as_at": report.on.isoformat(),
        "known_at": report.known_at.astimezone(UTC).isoformat() if report.known_at and options["known_at"] else "now",
        "audience": report.audience.value,
        "did_not_report": [agency.code for agency in sorted(report.silent_agencies, key=lambda each: each.code)],
        "rows": [dict(zip(head, row, strict=True)) for row in export.coverage_rows(table(report, by))],
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCall(f"{text} is not a day. Write it as 2026-03-31.") from None


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last second, a time without a zone London's."""
    try:
        if len(text) == len("2026-04-04"):
            moment = datetime.combine(date.fromisoformat(text), time.max)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCall(f"{text} is not a moment. Write it as 2026-04-04T12:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
