"""Large completion files: what the pages hand to the background worker, and what it does with them."""

from datetime import datetime

from training.access.actor import Actor
from training.ledger.services import LedgerError
from training.people.by_worker import work_through
from training.people.models import Work
from training.people.roster.limits import ROWS_AT_ONCE, Refused

from .apply import apply_import
from .errors import EvidenceError
from .models import CompletionImport, ImportState
from .stage import look
from .undo import undo_import


def is_large(completion_import: CompletionImport) -> bool:
    """Whether it is more than a web worker should do while somebody waits."""
    return sum(completion_import.counts.values()) > ROWS_AT_ONCE


def work_on_completions(*, at: datetime) -> int:
    """Do what waits; how many. A failure is told on the file's page."""
    expected = (EvidenceError, LedgerError, Refused)
    return work_through(CompletionImport.objects.all(), _do, _give_up, at=at, expected=expected)


def _do(waiting: CompletionImport, by: Actor, at: datetime) -> None:
    match waiting.work:
        case Work.READ:
            look(waiting, by=by, at=at)
        case Work.APPLY:
            apply_import(waiting, by=by, at=at)
        case _:
            undo_import(waiting, by=by, at=at)


def _give_up(waiting: CompletionImport, why: str) -> None:
    wish = CompletionImport.objects.filter(pk=waiting.pk)
    wish.update(work="", work_by="", problem=why)
    wish.filter(state=ImportState.READING).update(state=ImportState.REFUSED, packed=None)
