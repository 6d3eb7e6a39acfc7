"""Reading passports: one's own, and what a link opens."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from certificates.answer import Answer, Kind
from certificates.code import NotACode, grouped, normalised
from certificates.models import Certificate, Share, Viewing
from certificates.printing import address_of, qr_picture
from certificates.selectors import answer_of
from certificates.services import printed_name
from certificates.snapshot import Snapshot, initials_of, printable
from training.access.clock import LONDON
from training.pathways.models import Module
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
    def module(self) -> int:
        """Of which module, by its id: two partnerships may give theirs the same code."""
        return self.certificate.completion.module_id

    @property
    def is_signed(self) -> bool:
        """Whether it goes into files that are signed: what is only recorded has no badge."""
        return not self.words.is_recorded_only


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: whose record, as far as they say so, and of each module the latest certificate."""

    share: Share
    name: str
    lines: list[Line]

    @property
    def codes(self) -> list[str]:
        """Of the modules that it shows."""
        return [line.words.module_code for line in self.lines]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen through a link on a day: how, which modules, how often, and when last."""

    what: Viewing.What
    modules: list[str]
    times: int
    last_at: datetime


def passport_of(person: Person, *, on: date) -> list[Line]:
    """Everything that somebody may carry, the latest completion first; nothing that was withdrawn or is paused."""
    rows = Certificate.objects.of(person).filter(superseded_by__isnull=True).with_withdrawal()
    rows = rows.select_related("completion__person", "showing").order_by("-completion__completed_on", "-id")
    lines = (_line(row, on) for row in rows if not (row.showing_or_none and row.showing_or_none.is_paused))
    return [line for line in lines if line.answer.kind in SHOWN]


def other_names(lines: Iterable[Line], *, name: str) -> list[str]:
    """The names, apart from how it is printed now, that stand on certificates."""
    return list(dict.fromkeys(line.words.name for line in lines if line.words.name != name))


def opened_by(typed: str, *, on: date) -> Opened | None:
    """What the link with this code opens, while it runs and its holder is called as when they made it.

    Where one certificate bears initials, all of it does: one name beside them would say whose they are.
    """
    try:
        plain = normalised(typed)
    except NotACode:
        return None
    share = Share.objects.with_code(plain).running(on).select_related("person").first()
    if share is None:
        return None
    name = printed_name(share.person)
    if not share.is_for(name, on_roster=printable(share.person.name)):
        return None
    lines = [line for line in passport_of(share.person, on=on) if _is_shown(line, share)]
    if any(line.name != line.words.name for line in lines):
        name, lines = initials_of(name), [replace(line, name=line.words.initials) for line in lines]
    return Opened(share, name, _latest(lines))


def seen_through(share: Share) -> list[Seen]:
    """What was seen through a link, the latest first: each acceptance, and looks by the day, so that they are few."""
    rows = Viewing.objects.through(share).annotate(day=TruncDate("seen_at", tzinfo=LONDON)).order_by()
    days = (
        rows.values("day", "what", "modules").annotate(times=Count("pk"), last_at=Max("seen_at")).order_by("-last_at")
    )
    return [Seen(Viewing.What(row["what"]), row["modules"], row["times"], row["last_at"]) for row in days]


def modules_of(share: Share) -> list[str]:
    """The modules to which a link was limited, in words."""
    chosen = Module.objects.filter(pk__in=share.modules).order_by("code", "pk")
    return [f"{module.title} ({module.code})" for module in chosen]


def _is_shown(line: Line, share: Share) -> bool:
    return line.words.name in share.names and (not share.modules or line.module in share.modules)


def _latest(lines: Iterable[Line]) -> list[Line]:
    """The first of each module, in order."""
    found: dict[int, Line] = {}
    for line in lines:
        found.setdefault(line.module, line)
    return list(found.values())


def _line(row: Certificate, on: date) -> Line:
    words = row.words
    return Line(row, row.name_shown, words, answer_of(row, words, on), address_of(row))
