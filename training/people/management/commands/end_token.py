"""manage.py end_token: take back a key to the API."""

import sys
from typing import Any, NoReturn
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.people.models import Agency, AgencyToken
from training.people.tokens import TokenError, end_token


class Command(BaseCommand):
    """Exit status 0: taken back, or listed. 2: a bad call."""

    help = "Take back a token of an agency, at once. Without a token it lists those that can be used."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and which."""
        parser.add_argument("agency", metavar="AGENCY", help="the agency's code")
        parser.add_argument("token", metavar="UID", type=UUID, nargs="?", help="which one, as the list names it")

    def handle(self, *args: Any, **options: Any) -> None:
        """List them, or end one."""
        at = timezone.now()
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            self._refuse(f"There is no agency with the code {options['agency']}.")
        if options["token"] is None:
            for row in AgencyToken.objects.current_on(london_date(at)).filter(agency=agency):
                self.stdout.write(
                    f"{row.uid}  {row.label}  until {row.ends_on}  last used {row.last_used_on or 'never'}"
                )
            return
        token = AgencyToken.objects.filter(agency=agency, uid=options["token"]).first()
        if token is None:
            self._refuse(f"{agency.code} has no such token. Leave it out to list those there are.")
        try:
            end_token(token, by=Actor.system("end_token"), at=at)
        except TokenError as refusal:
            self._refuse(str(refusal))
        self.stdout.write(f"{token.label}: taken back. It opens nothing from now on.")

    def _refuse(self, reason: str) -> NoReturn:
        self.stderr.write(reason)
        sys.exit(2)
