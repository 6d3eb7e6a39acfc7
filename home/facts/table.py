"""A table of a bundle: what it holds, column by column, and where its rows come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from training.access.clock import LONDON
from training.audit.versioned import VersionedQuerySet
from training.people.models import Partnership

AT_ONCE = 5000
KEYS = frozenset(
    {
        *("agency", "employment", "person", "post", "workplace"),
        *("pledge", "course", "service", "pack", "meeting", "champion"),
    }
)
"""Kinds of column that hold a key: the same thing has the same key in every table of one bundle, and in no other."""

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose facts, up to which day, and as known at which moment (none: now, at `at`)."""

    partnership: Partnership
    as_at: date
    known_at: datetime | None
    at: datetime

    @property
    def moment(self) -> datetime:
        """The moment by which a fact was known."""
        return self.known_at or self.at

    def known(self, rows: VersionedQuerySet) -> Any:
        """Versioned rows as they were known."""
        return rows.as_known(self.known_at)

    def writer(self, kind: str) -> Callable[[Any], str]:
        """How a column of this kind is written."""
        return _WRITTEN[kind] if kind not in KEYS else self._keyed(kind)

    def _keyed(self, kind: str) -> Callable[[Any], str]:
        """A key nobody can undo without the site's secret; two bundles share none, unless they are the same twice."""
        bundle = f"{self.partnership.code} {self.as_at} {self.moment.isoformat()}"
        secret = salted_hmac("home.facts", bundle, algorithm="sha256").digest()
        salt = kind.encode()

        def write(pk: Any) -> str:
            return "" if pk is None else blake2b(b"%d" % pk, digest_size=8, key=secret, person=salt).hexdigest()

        return write


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, how it is written, and what it says."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a bundle."""

    name: str
    says: str
    columns: tuple[Column, ...]
    read: Callable[[Asked], Iterable[Row]]

    @property
    def head(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def rows(self, asked: Asked) -> Iterator[list[str]]:
        """Its rows as text, one after the other: nothing is held."""
        writers = [asked.writer(column.kind) for column in self.columns]
        for row in self.read(asked):
            yield [write(value) for write, value in zip(writers, row, strict=True)]


def streamed(rows: QuerySet[Any, Any], *fields: Any) -> Iterator[Row]:
    """These fields of each row, read some thousands at a time; in the order given, else by number."""
    ordered = rows if rows.query.order_by else rows.order_by("pk")
    return ordered.values_list(*fields).iterator(chunk_size=AT_ONCE)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _moment(value: datetime | None) -> str:
    """In London, with the distance from UTC."""
    return "" if value is None else value.astimezone(LONDON).isoformat()


def _words(value: Iterable[str]) -> str:
    return " ".join(value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "code": _plain,
    "number": _plain,
    "day": _day,
    "moment": _moment,
    "codes": _words,
    "flag": lambda value: "1" if value else "0",
    "rule": lambda value: f"r{value}",
    "entry": lambda value: f"e{value}",
    "register": lambda value: "" if value is None else f"q{value}",
    "version": lambda value: f"v{value}",
    "pathway": lambda value: f"w{value}",
}
