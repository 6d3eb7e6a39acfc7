"""manage.py end_role ADDRESS ROLE: take a granted role back."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import today
from training.people.grants import GRANTABLE, GrantError, end_grant
from training.people.models import RoleGrant


class Command(BaseCommand):
    """Exit status 0: ended; 1: refused, with what to do."""

    help = "End a role of a login: from today on it opens nothing, unless --on names a later last day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, which, over what, and the last day."""
        parser.add_argument("email", help="the login's address")
        parser.add_argument("role", choices=sorted(GRANTABLE), help="the role's code")
        parser.add_argument("--agency", metavar="CODE", default="", help="the one over this agency")
        parser.add_argument("--partnership", metavar="CODE", default="", help="the one over this partnership")
        parser.add_argument("--on", metavar="DATE", type=date.fromisoformat, help="the last day, as 2027-03-31")

    def handle(self, **options: Any) -> None:
        """End it."""
        last_day = options["on"] or today() - timedelta(days=1)
        grant = _running(options)
        try:
            end_grant(grant, on=last_day, by=Actor.system("end_role"), at=timezone.now())
        except GrantError as error:
            hint = "" if options["on"] else f" Name a last day: --on {today()} lets it end with today."
            raise CommandError(f"{error}{hint}") from None
        scope = grant.agency or grant.partnership
        over = f" over {scope}" if scope else ""
        self.stdout.write(f"{grant.role.title}{over}, of {grant.user.email}: ends with {last_day}.")


def _running(options: dict[str, Any]) -> RoleGrant:
    """The one grant that is meant, among those that have not ended."""
    held = RoleGrant.objects.filter(user__email=options["email"].strip().lower(), role_code=options["role"])
    open_now = [each for each in held.select_related("user", "agency", "partnership") if _is_open(each)]
    meant = [each for each in open_now if _is_over(each, options["agency"], options["partnership"])]
    if len(meant) == 1:
        return meant[0]
    if not open_now:
        raise CommandError("This login does not hold the role. Check the address and the role's code.")
    scopes = ", ".join(sorted(_scope(each) or "the whole site" for each in open_now))
    raise CommandError(f"Name the one that ends, by --agency or --partnership. It is held over: {scopes}.")


def _is_open(grant: RoleGrant) -> bool:
    return grant.ends_on is None or grant.ends_on >= today()


def _is_over(grant: RoleGrant, agency: str, partnership: str) -> bool:
    if not agency and not partnership:
        return True
    scope = (agency or partnership).lower()
    return _scope(grant).lower() == scope and bool(agency) == (grant.agency is not None)


def _scope(grant: RoleGrant) -> str:
    scope = grant.agency or grant.partnership
    return scope.code if scope else ""
