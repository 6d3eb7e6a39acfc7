"""Who may sign in, and how a login is tied to a person on a roster."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.addresses import addresses_of, people_at
from training.people.models import Employment, Person, User

from .models import AddressCode
from .selectors import has_outlived_its_post, has_passed_on, is_tied, was_known_before_the_roles

# Without vowels and without letters that look alike: no words, no doubt
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LASTS = timedelta(minutes=15)
KEPT_FOR = timedelta(days=30)
MOST_CODES_AN_HOUR = 5


class SignInError(Exception):
    """Something that cannot be done now; the text can be shown to a person."""


class TooManyCodes(SignInError):
    """The login has asked for its share of codes."""


class WrongCode(SignInError):
    """The code is not the one that was sent."""


class CodeIsOver(SignInError):
    """No code is open: too old, used, or tried too often."""


class Tie(StrEnum):
    """What came of tying a login to the person at an address."""

    TIED = "tied"
    ALREADY = "already"  # the login has its person
    NOBODY = "nobody"  # no roster has the address
    SEVERAL = "several"  # more than one person has it: we do not guess
    TAKEN = "taken"  # the person has another login, which keeps them
    ROLES = "roles"  # the login was given roles before a roster had the address: it may have been another's


@transaction.atomic
def prepare_login(address: str, *, at: datetime) -> User | None:
    """The login that a code sent to this address may open; made if the address is on a roster and has none yet.

    None where there is nobody, where the login is closed, and where the address is no longer the login's own: it has
    passed on to somebody else, or its post ended long ago.
    """
    address, on = address.strip().lower(), london_date(at)
    user = User.objects.filter(email=address).first()
    if user is None and any(person.user_id is None for person in people_at(address, on=on)):
        user = _new_login(address, at)
    if user is None or not user.is_active or has_passed_on(user, on=on) or has_outlived_its_post(user, on=on):
        return None
    return user


@transaction.atomic
def tie_login(user: User, address: str, *, at: datetime) -> Tie:
    """Tie a login to the person whose work address it has just proven to be its own.

    The login's own address proves nothing more where the login holds roles: they were perhaps given to the one who
    had the address before. Such a login is tied only to somebody who had the address when the roles were given.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if is_tied(user):
        return Tie.ALREADY
    on = london_date(at)
    people = people_at(address, on=on)
    if not people:
        return Tie.NOBODY
    if len(people) > 1:
        return Tie.SEVERAL
    [person] = people
    if address.lower() == user.email and not was_known_before_the_roles(person, user, on=on):
        return Tie.ROLES
    free = Person.objects.everywhere(reason="tying a login").filter(pk=person.pk, user__isnull=True)
    if not free.update(user=user):
        return Tie.TAKEN
    audit.record(
        "login tied",
        by=Actor("user", str(user.uid)),
        at=at,
        kind="person",
        uid=person.uid,
        agencies=_agency_codes(person),
    )
    return Tie.TIED


@transaction.atomic
def send_address_code(user: User, address: str, *, at: datetime) -> AddressCode:
    """Mail a code to a work address, so that the login can prove it. An address of nobody gets a mail that says so."""
    address = address.strip().lower()
    mine = AddressCode.objects.everywhere(reason="counting a login's codes").filter(user=user)
    if mine.filter(created_at__gt=at - timedelta(hours=1)).count() >= MOST_CODES_AN_HOUR:
        raise TooManyCodes("You have asked for too many codes. Wait an hour, then try again.")
    letters = get_random_string(8, LETTERS)
    code = AddressCode(user=user, address=address, created_at=at, expires_at=at + CODE_LASTS)
    code.code_hash = code.hash_of(letters)
    code.save()
    name = "address_code" if people_at(address, on=london_date(at)) else "address_unknown"
    body = render_to_string(f"sso/email/{name}.txt", {"code": f"{letters[:4]}-{letters[4:]}"})
    until = {"Expires": format_datetime(code.expires_at)}
    EmailMessage("Your sign-in code", body.strip(), None, [address], headers=until).send()
    return code


def use_address_code(user: User, typed: str, *, at: datetime) -> Tie:
    """Try the newest code of this login; the right one ties it to the person at the address it was sent to."""
    code = right_code(user, typed, at=at)
    with transaction.atomic():
        spend(code, at=at)
        return tie_login(user, code.address, at=at)


def right_code(user: User, typed: str, *, at: datetime) -> AddressCode:
    """The newest code of this login, if it is what was typed and can still be used. Raises CodeIsOver or WrongCode."""
    mine = AddressCode.objects.everywhere(reason="trying a login's newest code").filter(user=user)
    code = mine.order_by("-created_at", "-pk").first()
    open_now = mine.filter(pk=code.pk if code else 0).open_at(at)
    # Counted before it is looked at, and outside the transaction below: no try is ever free.
    if code is None or not open_now.update(tries=F("tries") + 1):
        raise CodeIsOver("That code cannot be used any more. Ask for a new one.")
    if not code.is_code(typed):
        raise WrongCode("That is not the code we sent. Check the newest email from us and try again.")
    return code


def spend(code: AddressCode, *, at: datetime) -> None:
    """Use a code up, in the transaction that does what it was for. Raises CodeIsOver where it has been used."""
    unused = AddressCode.objects.everywhere(reason="using a code up").filter(pk=code.pk, used_at__isnull=True)
    if not unused.update(used_at=at):
        raise CodeIsOver("That code has been used. Ask for a new one.")


def forget_addresses(person: Person, *, by: Actor, at: datetime) -> None:
    """Delete the addresses that somebody who is to be forgotten signs in with, and the codes sent there."""
    theirs = Q(user__person=person) | Q(address__in=addresses_of(person))
    AddressCode.objects.everywhere(reason="the erasure of a person").filter(theirs).delete()
    EmailAddress.objects.filter(user__person=person).delete()


def forget_old_codes(*, at: datetime) -> int:
    """Delete codes that have served; how many."""
    old = AddressCode.objects.everywhere(reason="retention").filter(created_at__lt=at - KEPT_FOR)
    return old.delete()[0]


def _new_login(address: str, at: datetime) -> User:
    user, is_new = User.objects.get_or_create(
        email=address, defaults={"password": make_password(None), "date_joined": at}
    )
    if is_new:
        audit.record("login made", by=Actor.system("sign-in"), at=at, kind="login", uid=user.uid)
    return user


def _agency_codes(person: Person) -> list[str]:
    own = Employment.objects.everywhere(reason="where the one who signs in works").filter(person=person)
    return sorted(set(own.values_list("agency__code", flat=True)))
