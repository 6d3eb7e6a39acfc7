"""Values that were given from outside: the last of each indicator, and how they came to be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from training.people.models import Partnership
from training.strategy.models import Indicator, IndicatorValue
from training.strategy.outside import Outside, as_seen, said_of, tell_of_few, value_of
from training.strategy.periods import Period
from training.strategy.suppress import HIDDEN, Audience, Figure


def outside_values(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> dict[str, Outside]:
    """By code, what was given for the last period that was over on the day, as known at a moment or now."""
    rows = IndicatorValue.objects.known_now() if known_at is None else IndicatorValue.objects.known_at(known_at)
    rows = rows.standing().filter(partnership=partnership, last_on__lte=on).select_related("indicator")
    found: dict[str, Outside] = {}
    for (code, first, last), values in groupby(
        rows.order_by("indicator__code", "last_on", "first_on", "part"),
        key=lambda row: (row.indicator.code, row.first_on, row.last_on),
    ):
        found[code] = Outside(Period(first, last), tuple(values))
    return found


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that was said, as the audience may see it; taken back, it says no figure."""

    value: IndicatorValue
    text: str
    number: float | None


@dataclass(frozen=True, slots=True)
class Telling:
    """What was said of one part and period, in the order in which it was said; the last stands, unless taken back."""

    period: Period
    part: str
    said: tuple[Saying, ...]

    @property
    def last(self) -> Saying:
        """What was said last."""
        return self.said[-1]

    @property
    def before(self) -> tuple[Saying, ...]:
        """What it took the place of, the latest first."""
        return self.said[-2::-1]

    @property
    def stands(self) -> bool:
        """Whether it has a figure now."""
        return self.last.value.numerator is not None


def tellings(partnership: Partnership, indicator: Indicator, *, audience: Audience) -> list[Telling]:
    """Everything that was ever said of it, the latest period first, the whole before its parts."""
    rows = IndicatorValue.objects.filter(partnership=partnership, indicator=indicator)
    by_period: dict[Period, list[IndicatorValue]] = {}
    for row in rows.order_by("-last_on", "-first_on", "part", "recorded_at", "pk"):
        by_period.setdefault(Period(row.first_on, row.last_on), []).append(row)
    return [each for period, said in by_period.items() for each in _of_period(indicator, period, said, audience)]


def _of_period(
    indicator: Indicator, period: Period, rows: list[IndicatorValue], audience: Audience
) -> Iterator[Telling]:
    """What stands is weighed together.

    What it took the place of is shown where nothing of the period is hidden, and no two of its versions tell of few.
    """
    standing = [row for row in rows if row.replaced_at is None and row.numerator is not None]
    seen = {row.pk: figure for row, figure in as_seen(indicator, standing, audience)}
    before = [row for row in rows if row.replaced_at is not None and row.numerator is not None]
    alone = {row.pk: as_seen(indicator, [row], audience)[0][1] for row in before}
    is_any_hidden = any(figure.mark for figure in (*seen.values(), *alone.values()))
    are_few = is_any_hidden or tell_of_few(indicator, [*standing, *before], audience)
    seen |= {key: Figure(mark=HIDDEN) if are_few else figure for key, figure in alone.items()}
    parts: dict[str, list[Saying]] = {}
    for row in rows:
        figure = seen.get(row.pk)
        text, number = (said_of(indicator, figure), value_of(indicator, figure)) if figure else ("Taken back", None)
        parts.setdefault(row.part.casefold(), []).append(Saying(row, text, number))
    for said in parts.values():
        yield Telling(period, said[-1].value.part, tuple(said))
