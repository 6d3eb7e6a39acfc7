"""Reading passports: one's own, and what a link opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certificates.answer import Answer, Kind
from certificates.code import NotACode, grouped, normalised
from certificates.models import Certificate, Share
from certificates.printing import address_of, qr_picture
from certificates.selectors import answer_of
from certificates.snapshot import Snapshot
from training.people.models import Person

SHOWN = (Kind.IN_DATE, Kind.NO_END, Kind.RAN_OUT, Kind.RECORDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate in a passport, as its holder lets it be shown. `address` is where it is checked by itself."""

    certificate: Certificate
    name: str
    words: Snapshot
    answer: Answer
    address: str

    @property
    def level(self) -> str:
        """The tier, and NICE's level where there is one."""
        return f"{self.words.tier}, NICE level {self.words.nice_level}" if self.words.nice_level else self.words.tier

    @property
    def provider(self) -> str:
        """Who taught it, as far as the certificate says; else whose pathway it belongs to."""
        return self.words.provider or self.words.partnership

    @property
    def qr(self) -> str:
        """The address as a QR code."""
        return qr_picture(self.address)

    @property
    def code(self) -> str:
        """The code as printed."""
        return grouped(self.certificate.code)

    @property
    def is_signed(self) -> bool:
        """Whether it goes into files that are signed: what is only recorded has no badge."""
        return not self.words.is_recorded_only


def passport_of(person: Person, *, on: date) -> list[Line]:
    """Everything that somebody may carry, the latest completion first; nothing that was withdrawn or is paused."""
    rows = Certificate.objects.of(person).filter(superseded_by__isnull=True).with_withdrawal()
    rows = rows.select_related("completion__person", "showing").order_by("-completion__completed_on", "-id")
    lines = (_line(row, on) for row in rows if not (row.showing_or_none and row.showing_or_none.is_paused))
    return [line for line in lines if line.answer.kind in SHOWN]


def opened_by(typed: str, *, on: date) -> Share | None:
    """The link with this code, while it runs."""
    try:
        plain = normalised(typed)
    except NotACode:
        return None
    return Share.objects.with_code(plain).running(on).select_related("person").first()


def shown_by(share: Share, *, on: date) -> list[Line]:
    """What a link opens: of each module that it names the latest certificate."""
    lines = passport_of(share.person, on=on)
    return _latest(line for line in lines if not share.modules or line.words.module_code in share.modules)


def _latest(lines: Iterable[Line]) -> list[Line]:
    """The first of each module, in order."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        found.setdefault((line.words.partnership, line.words.module_code), line)
    return list(found.values())


def _line(row: Certificate, on: date) -> Line:
    words = row.words
    return Line(row, row.name_shown, words, answer_of(row, words, on), address_of(row))
