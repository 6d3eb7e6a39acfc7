"""Keeping values that come from outside: all of a file or none of it, and nothing overwritten."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership
from training.strategy.models import Indicator, IndicatorValue
from training.strategy.periods import Period
from training.strategy.values import Said, ValuesRefused, Wrong, wrong_with

Key = tuple[str, Period, str]


@dataclass(frozen=True, slots=True)
class Given:
    """How many values were new, took the place of another, or were known already.

    `doubtful`: where parts come to more than their whole, in words: they may overlap, or one of them is wrong.
    """

    new: int
    restated: int
    unchanged: int
    doubtful: tuple[str, ...] = ()


def give_values(partnership: Partnership, said: Sequence[Said], *, by: Actor, at: datetime) -> Given:
    """Keep these values, all or none; raises ValuesRefused with everything that is wrong."""
    try:
        with transaction.atomic():
            return _give(partnership, said, by, at)
    except IntegrityError as error:
        again = "Somebody else has just given this value. Look at what they gave, and try again."
        raise ValuesRefused([Wrong(0, "", again)]) from error


def take_back(value: IndicatorValue, *, why: str, by: Actor, at: datetime) -> None:
    """Say that a value was never right, and give none in its place."""
    with transaction.atomic():
        _close(value, at)
        IndicatorValue.objects.create(
            partnership=value.partnership,
            indicator=value.indicator,
            part=value.part,
            first_on=value.first_on,
            last_on=value.last_on,
            numerator=None,
            narrative="",
            said_by=value.said_by,
            why=why,
            recorded_at=at,
            recorded_by=str(by),
        )
        _record("value taken back", value.partnership, value, by, at)


def _give(partnership: Partnership, said: Sequence[Said], by: Actor, at: datetime) -> Given:
    indicators = {each.code: each for each in Indicator.objects.filter(code__in={each.code for each in said})}
    known = _known(partnership, indicators.values())
    wrong = [fault for each in said for fault in wrong_with(each, indicators, london_date(at))]
    wrong += [*_twice(said), *_unexplained(said, known)]
    if wrong:
        raise ValuesRefused(sorted(wrong, key=lambda each: each.row))
    new = restated = unchanged = 0
    for each in said:
        before = known.get(each.key)
        if before is not None and _is_same(each, before):
            unchanged += 1
            continue
        if before is not None:
            _close(before, at)
        value = _write(partnership, indicators[each.code], each, each.why if before else "", by, at)
        _record("value restated" if before else "value given", partnership, value, by, at)
        restated += before is not None
        new += before is None
    return Given(new, restated, unchanged, tuple(_held_to_wholes(partnership, said)))


def _held_to_wholes(partnership: Partnership, said: Sequence[Said]) -> Iterator[str]:
    """Where parts come to more than their whole as it stands now; one that alone is more raises ValuesRefused."""
    wrong = []
    for (code, period), (first, *_) in groupby(sorted(said, key=_whole), key=_whole):
        rows = IndicatorValue.objects.known_now().standing().filter(partnership=partnership, indicator__code=code)
        rows = rows.filter(first_on=period.first, last_on=period.last)
        counts = {row.part: row.numerator or 0 for row in rows}
        if "" not in counts:
            continue
        whole = counts.pop("")
        wrong += [
            Wrong(first.row, "numerator", f"{code} for {period}: {part}, {count:,}, is more than the whole, {whole:,}.")
            for part, count in sorted(counts.items())
            if count > whole
        ]
        if (parts := sum(counts.values())) > whole:
            yield (
                f"{code} for {period}: its parts come to {parts:,}, more than the whole, {whole:,}. If none of them "
                "overlap, one of these figures is wrong."
            )
    if wrong:
        raise ValuesRefused(wrong)


def _whole(said: Said) -> tuple[str, Period]:
    return said.code, said.period


def _known(partnership: Partnership, indicators: Iterable[Indicator]) -> dict[Key, IndicatorValue]:
    rows = IndicatorValue.objects.known_now().filter(partnership=partnership, indicator__in=indicators)
    rows = rows.select_related("indicator")
    return {(row.indicator.code, Period(row.first_on, row.last_on), row.part.casefold()): row for row in rows}


def _twice(said: Sequence[Said]) -> list[Wrong]:
    seen: dict[Key, int] = {}
    found = []
    for each in said:
        if each.key in seen:
            found.append(Wrong(each.row, "indicator", f"The same indicator, part and period as row {seen[each.key]}."))
        seen.setdefault(each.key, each.row)
    return found


def _unexplained(said: Sequence[Said], known: dict[Key, IndicatorValue]) -> list[Wrong]:
    """Values that differ from what is known, without a word why."""
    found = []
    for each in said:
        before = known.get(each.key)
        if before is not None and not _is_same(each, before) and not each.why.strip():
            was = "taken back" if before.numerator is None else f"given as {_numbers(before)}"
            words = f"{each.code} for {each.period} was {was} before. Say why it has changed."
            found.append(Wrong(each.row, "why", words))
    return found


def _numbers(value: IndicatorValue) -> str:
    whole = f" out of {value.denominator:,}" if value.denominator is not None else ""
    return f"{value.numerator or 0:,}{whole}"


def _is_same(said: Said, before: IndicatorValue) -> bool:
    """Whether it says the same numbers in the same words."""
    return (said.numerator, said.denominator, said.narrative, said.said_by) == (
        before.numerator,
        before.denominator,
        before.narrative,
        before.said_by,
    )


def _close(value: IndicatorValue, at: datetime) -> None:
    closed = IndicatorValue.objects.known_now().filter(pk=value.pk).update(replaced_at=at)
    if not closed:
        raise IntegrityError("closed by somebody else")


def _write(
    partnership: Partnership, indicator: Indicator, said: Said, why: str, by: Actor, at: datetime
) -> IndicatorValue:
    return IndicatorValue.objects.create(
        partnership=partnership,
        indicator=indicator,
        part=said.part,
        first_on=said.period.first,
        last_on=said.period.last,
        numerator=said.numerator,
        denominator=said.denominator,
        narrative=said.narrative,
        said_by=said.said_by,
        why=why,
        recorded_at=at,
        recorded_by=str(by),
    )


def _record(verb: str, partnership: Partnership, value: IndicatorValue, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="indicator value",
        uid=value.uid,
        partnership_code=partnership.code,
        indicator=value.indicator.code,
        period=f"{value.first_on} to {value.last_on}",
    )
