"""What waits for one of HR to decide: how many in each room, and where to go. Never what is about themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from certificates.models import PrintedName
from training.access.access import Access
from training.evidence import selectors as evidence
from training.ledger.models import Doubt
from training.people.identity import claims, corrections, duplicates
from training.people.models import Agency
from training.people.roster.approve import waiting_for_approval
from training.people.roster.keep import waiting_to_be_applied
from training.people.roster.titles import unmapped_titles
from training.pledges.selectors import to_look_at_again
from training.returns.selectors.asked import to_fill_in
from training.rules.selectors import waiting as more_time_waiting


@dataclass(frozen=True, slots=True)
class Queue:
    """Something that waits. `count` may be none: an empty queue is said, too."""

    title: str
    count: int
    url: str
    advice: str


def _titles(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return len(unmapped_titles(agency, on=on))


def _files(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return waiting_to_be_applied(agency, at=at).count()


def _corrections(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return corrections.waiting(agency, access)


def _names(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return PrintedName.objects.to_answer(access, agency).count()


def _claims(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return claims.waiting(agency, access)


def _duplicates(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return duplicates.waiting(agency, access)


def _approvals(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return waiting_for_approval([agency], at=at).exclude(staged_by=str(access.actor)).count()


def _evidence(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return evidence.waiting(agency, access)


def _doubts(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return Doubt.objects.visible_to(access).filter(entry__agency=agency).exclude(said_by=str(access.actor)).count()


def _more_time(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return more_time_waiting(agency, access)


def _promises(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return to_look_at_again(agency, on=on)


def _returns(agency: Agency, access: Access, on: date, at: datetime) -> int:
    return to_fill_in(agency, on=on)


Waiting = Callable[[Agency, Access, date, datetime], int]
QUEUES: tuple[tuple[str, str, str, Waiting], ...] = (
    (
        "Job titles without a role group",
        "roster-titles",
        "Say what each means, and the right learning is asked.",
        _titles,
    ),
    ("'This is not right'", "corrections", "Answer what people say about their posts.", _corrections),
    ("Names to be printed", "printed-names", "Say whether the name is theirs.", _names),
    ("Earlier training", "record-claims", "Confirm that a certificate is theirs.", _claims),
    ("Likely duplicates", "duplicates", "Say whether two records are of one person.", _duplicates),
    ("Training done elsewhere", "evidence", "Accept it as a module, decline it, or ask for more.", _evidence),
    ("Requests for more time", "agreements", "Agree to a day, or decline.", _more_time),
    ("Entries said to be wrong", "agency-doubts", "Look whether you say so too, or leave them.", _doubts),
    ("Roster files not applied", "rosters", "Look at what each would change, and apply it.", _files),
    (
        "Rosters that need a second person",
        "rosters",
        "Look at the unusual change, and say that it is right.",
        _approvals,
    ),
    ("Commitments to look at again", "agency-commitments", "Report the renewal, or withdraw.", _promises),
    ("Quarterly returns", "agency-returns", "Say how many you trained without names, and hand it over.", _returns),
)


def queues_of(agency: Agency, access: Access, *, on: date, at: datetime) -> tuple[Queue, ...]:
    """Every queue as it waits for this one of HR, without what is about themselves; in one query each."""
    return tuple(
        Queue(title, waiting(agency, access, on, at), reverse(name, args=[agency.code]), advice)
        for title, name, advice, waiting in QUEUES
    )
