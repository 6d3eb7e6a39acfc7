"""What anyone with a code may know of its certificate today: what stands on it, as far as its holder wishes."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import OperationalError, connection

from certificates import chain
from certificates.answer import Answer, Kind
from certificates.code import hash_of
from certificates.models import Certificate, Gone, Showing
from certificates.printing import address_of
from certificates.selectors import answer_of, facts_of
from certificates.snapshot import Snapshot

HEADINGS = {
    Kind.RAN_OUT: "This certificate is genuine, and has run out",
    Kind.WITHDRAWN: "This certificate has been withdrawn",
    Kind.REPLACED: "This certificate has been replaced",
    Kind.PAUSED: "The holder has paused this certificate's page",
    Kind.GONE: "We no longer hold this certificate",
}
GENUINE = "This certificate is genuine"
# One statement for every code, ours or not, so that both take as long
COUNT_LOOK = """
INSERT INTO certificates_showing (certificate_id, is_masked, shows_agency, points_forward, is_paused, looks)
SELECT id, %s, %s, %s, %s, 1 FROM certificates_certificate WHERE code = %s
ON CONFLICT (certificate_id) DO UPDATE SET looks = certificates_showing.looks + 1
"""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A certificate of ours of which nothing is said: paused by its holder, or erased with them."""

    answer: Answer
    is_shown = False

    @property
    def heading(self) -> str:
        """The answer in a few words, before anything else."""
        return HEADINGS[self.answer.kind]

    @property
    def is_gone(self) -> bool:
        """Whether it will never answer again."""
        return self.answer.kind is Kind.GONE

    def as_json(self) -> dict[str, Any]:
        """The machine's answer."""
        return _as_json(self.answer)


@dataclass(frozen=True, slots=True)
class CheckedCertificate:
    """A certificate as anyone with its code sees it. `later` leads to what took its place, if that is shown."""

    answer: Answer
    name: str
    words: Snapshot
    agency: str = ""
    later: str = ""
    is_shown = True

    @property
    def is_withdrawn(self) -> bool:
        """Whether we issued it and took it back."""
        return self.answer.kind is Kind.WITHDRAWN

    @property
    def is_replaced(self) -> bool:
        """Whether we issued another in its place."""
        return self.answer.kind is Kind.REPLACED

    @property
    def heading(self) -> str:
        """The answer in a few words, before anything else."""
        return HEADINGS.get(self.answer.kind, GENUINE)

    @property
    def facts(self) -> list[dict[str, str]]:
        """Rows of a summary list."""
        worked = [{"key": "Worked then at", "value": self.agency}] if self.agency else []
        name = self.name if self.name == self.words.name else f"{self.name} (the holder shows initials)"
        return facts_of(name, self.words) + worked

    def as_json(self) -> dict[str, Any]:
        """The machine's answer; days as ISO texts."""
        words = self.words
        return _as_json(self.answer) | {
            "name": self.name,
            "module_code": words.module_code,
            "module_title": words.module_title,
            "tier": words.tier,
            "nice_level": words.nice_level,
            "standards": words.standards,
            "minutes": words.minutes,
            "method": words.method,
            "provider": words.provider,
            "outcomes": list(words.outcomes),
            "completed_on": words.completed_on.isoformat(),
            "valid_until": self.answer.last_day.isoformat() if self.answer.last_day else None,
            "issued_on": words.issued_on.isoformat(),
            "issued_by": words.partnership,
            "agency": self.agency or None,
            "later": self.later or None,
        }


def checked(plain: str, *, on: date) -> CheckedCertificate | Unsaid | None:
    """What anyone with this code may know on this day; None if the code is not ours. Each takes the same statements."""
    is_gone = Gone.objects.filter(code_hash=hash_of(plain)).exists()
    rows = Certificate.objects.with_code(plain).with_withdrawal().select_related("completion__person", "showing")
    row = rows.first()
    if row is None:
        return Unsaid(Answer(Kind.GONE)) if is_gone else None
    words, showing = row.words, row.showing_or_none
    if showing is not None and showing.is_paused:
        return Unsaid(Answer(Kind.PAUSED))
    agency = row.completion.agency_title if showing is not None and showing.shows_agency else ""
    return CheckedCertificate(answer_of(row, words, on), row.name_shown, words, agency, _later(row, showing))


def count_look(plain: str) -> None:
    """One more look at the certificate with this code, if it is ours. Nothing of who looks, or when.

    Where the database is too busy to write, the look goes uncounted: the answer matters more.
    """
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute(COUNT_LOOK, [False, False, False, False, plain])


def _as_json(answer: Answer) -> dict[str, Any]:
    return {"is_ours": True, "standing": answer.kind, "standing_in_words": answer.words}


def _later(row: Certificate, showing: Showing | None) -> str:
    """The address of what took its place by correction or renewal, where the holder lets it be shown."""
    if showing is None or not showing.points_forward:
        return ""
    newest = chain.newest_of_module(row)
    return address_of(newest) if newest != row else ""
