"""Grant a role from the command line: how the first administrator gets in."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import today
from training.people.grants import GRANTABLE, GrantError, grant_role
from training.people.models import Agency, Partnership, User


class Command(BaseCommand):
    """Exit status 0: granted; 1: refused, with what to do."""

    help = "Grant a role to a login from today. Roles: " + ", ".join(sorted(GRANTABLE))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, over what, until when."""
        parser.add_argument("email", help="the login's address")
        parser.add_argument("role", help="the role's code")
        parser.add_argument("--agency", metavar="CODE", help="over this agency")
        parser.add_argument("--partnership", metavar="CODE", help="over this partnership")
        parser.add_argument("--until", metavar="DATE", type=date.fromisoformat, help="the last day, as 2027-03-31")
        parser.add_argument("--new-login", action="store_true", help="make the login if there is none")

    def handle(self, **options: Any) -> None:
        """Grant."""
        agency = _by_code(Agency, options["agency"])
        partnership = _by_code(Partnership, options["partnership"])
        user = _login(options["email"].strip().lower(), options["new_login"])
        try:
            grant = grant_role(
                user,
                options["role"],
                agency=agency,
                partnership=partnership,
                starts_on=today(),
                ends_on=options["until"],
                by=Actor.system("grant_role"),
                at=timezone.now(),
            )
        except GrantError as error:
            raise CommandError(str(error)) from None
        over = f" over {agency or partnership}" if agency or partnership else ""
        until = f" until {grant.ends_on}" if grant.ends_on else ""
        self.stdout.write(f"{grant.role.title}{over}, from {grant.starts_on}{until}: granted to {user.email}.")


def _by_code(model: type[Agency] | type[Partnership], code: str | None) -> Any:
    if code is None:
        return None
    found = model.objects.filter(code__iexact=code).first()
    if found is None:
        codes = ", ".join(model.objects.order_by("code").values_list("code", flat=True)[:30]) or "none yet"
        raise CommandError(f"There is no {model._meta.verbose_name} {code!r}. There are: {codes}.")
    return found


def _login(email: str, may_be_new: bool) -> User:
    user = User.objects.filter(email=email).first()
    if user is None and may_be_new:
        return User.objects.create_user(email)
    if user is None:
        raise CommandError(f"There is no login {email!r}. Check the address, or add --new-login to make one.")
    return user
