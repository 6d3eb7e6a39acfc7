"""Make an agency and take it into a partnership."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import today
from training.people.kinds import AgencyKind
from training.people.membership import MembershipError, add_agency, join_partnership
from training.people.models import Agency, Partnership


class Command(BaseCommand):
    """Exit status 0: it is in the partnership; 1: refused, with what to do, and nothing written."""

    help = "Make an agency and take it into a partnership; an agency that is known already only joins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which agency, what kind, which partnership, from when."""
        parser.add_argument("code", help="its code, as SVH: stands in addresses and in files")
        parser.add_argument("--partnership", metavar="CODE", required=True, help="the partnership it joins")
        parser.add_argument("--title", help="its name; needed for a new agency")
        parser.add_argument("--kind", help="needed for a new agency: " + ", ".join(AgencyKind.values))
        parser.add_argument(
            "--alias", action="append", default=[], help="another name or code that files use (may be repeated)"
        )
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, help="the first day (today)")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Make it unless it is there, and let it join."""
        by, at = Actor.system("add_agency"), timezone.now()
        partnership = Partnership.objects.filter(code=options["partnership"]).first()
        if partnership is None:
            codes = ", ".join(Partnership.objects.order_by("code").values_list("code", flat=True)) or "none yet"
            raise CommandError(f"There is no partnership {options['partnership']!r}. There are: {codes}.")
        agency = Agency.objects.filter(code=options["code"]).first()
        try:
            if agency is None:
                title, kind = options["title"] or "", options["kind"] or ""
                agency = add_agency(
                    code=options["code"], title=title, kind=kind, aliases=options["alias"], by=by, at=at
                )
            starts_on = options["starts_on"] or today()
            join_partnership(agency=agency, partnership=partnership, starts_on=starts_on, by=by, at=at)
        except MembershipError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{agency} ({agency.code}) is in {partnership} from {starts_on}.")
