"""How a name is printed: as the holder wishes, once HR has said that it is theirs.

A certificate with another's name on it would be that other's proof. So the name that the agency has on its roster is
printed at once, and any other waits for somebody who knows who they are. What was printed before is never changed: each
certificate is issued anew, the old one says that it was replaced, and only its holder can make it say by what. Links to
the passport end for the same reason, and what led forward before has to be allowed again.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from certificates import services
from certificates.answer import Kind, answer_on
from certificates.models import Certificate, PrintedName, Showing
from certificates.passport.services import end_shares_of
from certificates.snapshot import JOINERS, TEMPLATE, printable
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Agency, Person, Term
from training.press import fonts
from training.press.press import CannotPrint, insist_on_letters

LONGEST = 240
MARKS = "'’‘‛＇`´′՚׳״-‐‑־.․·‧・･፡ "  # what stands in names beside letters, in whichever script
MOST_MARKS = 4  # on one letter: Hebrew and Burmese need three; more run over the lines above and below
NOBODY = "You have no post at an agency now, so nobody can confirm another name than the roster's."
ANSWERED = """Hello

Your HR team has answered how your name is printed. Sign in to see it: choose 'Learning', then 'Your certificates'.
"""


class PrintedNameError(Exception):
    """A name that cannot be asked for, or answered; the text can be shown to a person."""


class NotAName(PrintedNameError):
    """It holds what no name holds, or letters that cannot be printed."""


class AlreadyAsked(PrintedNameError):
    """One waits for an answer."""


class AlreadyAnswered(PrintedNameError):
    """A colleague has answered, or the person has taken it back."""


def cleaned(typed: str) -> str:
    """A name fit to be printed. Raises NotAName."""
    name = printable(typed)
    if not any(unicodedata.category(letter).startswith("L") for letter in name):
        raise NotAName("Enter your name as it is to be printed.")
    if len(name) > LONGEST:
        raise NotAName(f"The name must be {LONGEST} characters or fewer.")
    if wrong := [letter for letter in name if not _is_of_names(letter)]:
        raise NotAName(f"Leave out {wrong[0]}: a name holds letters, spaces, hyphens, dots and apostrophes.")
    if _most_marks(name) > MOST_MARKS:
        raise NotAName("Leave out some of the marks above and below one letter: they cannot be printed.")
    try:
        insist_on_letters(name, fonts.FOR_NAMES, what="name")
    except CannotPrint as reason:
        raise NotAName(str(reason)) from reason
    return name


@transaction.atomic
def ask(person: Person, typed: str, *, agency: Agency | None, by: Actor, at: datetime) -> PrintedName:
    """Ask for a printed name: the roster's own is confirmed at once, another waits for the agency's HR.

    The name that is printed already may be asked for while certificates bear the one before: a roster changes the name,
    and issues none anew. The agency is one at which the person works, if there is one. Raises NotAName, AlreadyAsked.
    """
    name = cleaned(typed)
    if name == services.printed_name(person) and not to_issue_anew(person, name, on=london_date(at)):
        raise NotAName("That is how your name is printed already.")
    is_roster = name == printable(person.name)
    if agency is None and not is_roster:
        raise NotAName(NOBODY)
    try:
        with transaction.atomic():
            asked = PrintedName.objects.create(
                person=person, agency=None if is_roster else agency, name=name, asked_at=at
            )
    except IntegrityError:
        raise AlreadyAsked("You have asked already. Take that back first, or wait for the answer.") from None
    _on_record("printed name asked for", asked, by=by, at=at)
    if is_roster:
        _answered(asked, is_confirmed=True, by=by, at=at)
    return asked


@transaction.atomic
def answer(asked: PrintedName, *, is_theirs: bool, by: Actor, at: datetime) -> int:
    """HR says that the name is theirs, or that it is not; how many certificates were issued anew. AlreadyAnswered."""
    count = _answered(asked, is_confirmed=is_theirs, by=by, at=at)
    if asked.person.user is not None:
        notices.send(to=asked.person.user, kind="mail", subject="Learning", body=ANSWERED, at=at)
    return count


@transaction.atomic
def take_back(asked: PrintedName, *, by: Actor, at: datetime) -> None:
    """The person does not ask any more."""
    _answered(asked, is_confirmed=False, by=by, at=at)


def _answered(asked: PrintedName, *, is_confirmed: bool, by: Actor, at: datetime) -> int:
    waiting = PrintedName.objects.of(asked.person).filter(pk=asked.pk, answered_at__isnull=True)
    if not waiting.update(is_confirmed=is_confirmed, answered_at=at, answered_by=str(by)):
        raise AlreadyAnswered("This has been answered already.")
    asked.is_confirmed, asked.answered_at = is_confirmed, at
    _on_record("printed name confirmed" if is_confirmed else "printed name declined", asked, by=by, at=at)
    if not is_confirmed:
        return 0
    # Whoever has an older link or code knows the older name alone.
    end_shares_of(asked.person, by=services.ISSUER, at=at)
    Showing.objects.of_person(asked.person).update(points_forward=False)
    return _issue_anew(asked.person, asked.name, at=at)


def to_issue_anew(person: Person, name: str, *, on: date) -> list[Any]:
    """The certificates of this person, under this record, that are worth something on a day and bear another name."""
    mine = Certificate.objects.of_record(person).filter(superseded_by__isnull=True).with_withdrawal()
    rows: list[Any] = list(mine.order_by("pk").select_related("completion__partnership"))
    return [row for row in rows if row.words.name != name and _is_worth_something(row, on)]


def _issue_anew(person: Person, name: str, *, at: datetime) -> int:
    """Every certificate of this person that is worth something today, with the name. What ran out stays as it was."""
    changed = to_issue_anew(person, name, on=london_date(at))
    for row in changed:
        design = services.design_of(row.completion.partnership_id)
        now = {"issued_on": london_date(at), "template": TEMPLATE, "design": design, "site": settings.BASE_URL}
        words = replace(row.words, name=name, **now)
        services.supersede(row, words, correction=Certificate.Correction.NAME, at=at)
    return len(changed)


def _is_worth_something(row: Any, on: date) -> bool:
    words = row.words
    found = answer_on(on, valid_until=words.valid_until, is_voided=row.is_voided, revoked_on=row.revoked_on)
    return found.kind in (Kind.IN_DATE, Kind.NO_END)


def agencies_to_ask(person: Person, *, on: date) -> list[Agency]:
    """Where somebody knows who they are: the agencies at which the person has a post."""
    terms = Term.objects.everywhere(reason="the person's own").known_now().not_ended_on(on)
    here = terms.filter(post__employment__person=person).values("post__employment__agency")
    return list(Agency.objects.filter(pk__in=here))


def _is_of_names(letter: str) -> bool:
    return letter in MARKS or unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Cf")


def _most_marks(name: str) -> int:
    """How many marks stand on one letter, at most."""
    kinds = "".join(unicodedata.category(letter)[0] for letter in name if letter not in JOINERS)
    return max(map(len, re.findall("M+", kinds)), default=0)


def _on_record(verb: str, asked: PrintedName, *, by: Actor, at: datetime) -> None:
    """That it happened, never the name."""
    code = asked.agency.code if asked.agency else ""
    audit.record(verb, by=by, at=at, kind="printed name", uid=asked.uid, agency_code=code)
