"""manage.py coverage: coverage of a partnership on a day, as known at a moment. The same call gives the same bytes."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.people.models import Agency, Partnership
from training.strategy import export
from training.strategy.call import BadCall, day_and_moment, named
from training.strategy.report import Report
from training.strategy.selectors.reports import counted, own_counted
from training.strategy.suppress import Audience
from training.strategy.table import BadTable, Dimensions, dimensions, table


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
            partnership = named(Partnership, "partnership", options["partnership"])
            by = dimensions(options["by"])
            report = _report(partnership, options, now=timezone.now())
        except (BadCall, BadTable) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        write = _json if options["format"] == "json" else _csv
        self.stdout.write(write(partnership, report, by, options), ending="")


def _report(partnership: Partnership, options: dict[str, Any], *, now: datetime) -> Report:
    on, moment = day_and_moment(options["as_at"], options["known_at"], now=now)
    known_at = moment or now
    audience = Audience(options["audience"])
    if (audience is Audience.OWN_AGENCY) != bool(options["agency"]):
        raise BadCall("Name an agency with --audience own_agency, and only then.")
    if audience is Audience.OWN_AGENCY:
        agency = named(Agency, "agency", options["agency"])
        return own_counted(agency, partnership, on=on, at=now, known_at=known_at)
    return counted(partnership, on=on, at=now, known_at=known_at, audience=audience)


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
