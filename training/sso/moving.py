"""A login follows its person to a new work address.

Shown is control of both: one is signed in with the old, and since a short time, and reads mail at the new. And the
roster has to say that the new one is theirs. So neither HR, which keeps the roster, nor whoever finds an open session,
can move a login alone. Roles stay with the login; none passes to whoever gets the old address.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.addresses import people_at
from training.people.models import Person, User

from .selectors import has_passed_on
from .services import SignInError, right_code, spend

FRESH = timedelta(minutes=15)


class CannotMove(SignInError):
    """The address is not the person's by the roster, or another login has it."""


def move_login(user: User, typed: str, *, at: datetime) -> str:
    """Try the newest code; the right one moves the login to the address it was sent to, which is the answer.

    Raises WrongCode, CodeIsOver or CannotMove.
    """
    code = right_code(user, typed, at=at)
    with transaction.atomic():
        spend(code, at=at)
        login = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        old, is_theirs = login.email, not has_passed_on(login, on=london_date(at))
        if code.address == old or not _is_own(login, code.address, at):
            raise CannotMove("By your agency's staff list this is not your address. Ask your HR team to put it right.")
        if User.objects.filter(email=code.address).exists():
            raise CannotMove("Somebody signs in with this address already. Ask your HR team.")
        login.email = code.address
        login.save(update_fields=["email"])
        EmailAddress.objects.filter(user=login).delete()
        EmailAddress.objects.create(user=login, email=code.address, verified=True, primary=True)
        audit.record("login moved", by=Actor("user", str(login.uid)), at=at, kind="login", uid=login.uid)
        body = render_to_string("sso/email/moved.txt").strip()
        for address in (old, code.address) if is_theirs else (code.address,):
            EmailMessage("Your sign-in address", body, None, [address]).send()
    return code.address


def _is_own(user: User, address: str, at: datetime) -> bool:
    """Whether the roster gives this address to the login's person, and to nobody else."""
    person = Person.objects.everywhere(reason="the one who signs in").filter(user=user).first()
    return person is not None and people_at(address, on=london_date(at)) == [person]
