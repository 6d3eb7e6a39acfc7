"""manage.py make_token: a key to the API for one agency."""

import sys
from datetime import date, timedelta
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.people.models import Agency
from training.people.tokens import TokenError, make_token


class Command(BaseCommand):
    """Exit status 0: made, and printed once. 2: a bad call."""

    help = "Make a token with which an agency's own programs may use the API. It is printed once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, what for, until when."""
        parser.add_argument("agency", metavar="AGENCY", help="the agency's code")
        parser.add_argument("--label", required=True, help="what it is for, such as 'HR system'")
        parser.add_argument("--ends-on", type=date.fromisoformat, metavar="DATE", help="its last day; else in a year")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print it."""
        at = timezone.now()
        on = london_date(at)
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            self._refuse(f"There is no agency with the code {options['agency']}.")
        ends_on = options["ends_on"] or on + timedelta(days=365)
        try:
            raw = make_token(
                agency, label=options["label"], ends_on=ends_on, on=on, by=Actor.system("make_token"), at=at
            )
        except TokenError as refusal:
            self._refuse(str(refusal))
        self.stdout.write(raw)
        self.stderr.write(f"Until {ends_on.isoformat()}. Copy it now: it is kept nowhere and cannot be shown again.")

    def _refuse(self, reason: str) -> NoReturn:
        self.stderr.write(reason)
        sys.exit(2)
