"""A partnership's figures on a day, as one audience may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .coverage import Cell, Place
from .disclosure import Key
from .figures import INDICATOR, AgencyOnDay, Marks, shown
from .forecast import Inputs
from .suppress import Audience, Count, Figure, figure


@dataclass(frozen=True, slots=True)
class CountedPlaces:
    """What places were counted, and what of them the board may not see; `of_agencies` by id, each for itself."""

    inputs: Inputs
    hidden: frozenset[Key]
    of_agencies: Mapping[int, Inputs]


@dataclass(frozen=True)
class Report:
    """What was counted for a day, and when; ask it for figures by place."""

    on: date
    known_at: datetime | None
    worked_out_at: datetime
    agencies: tuple[AgencyOnDay, ...]
    cells: Mapping[Place, Cell]
    marks: Marks
    audience: Audience
    places: CountedPlaces | None = None
    silent: frozenset[str] = field(init=False)
    kinds: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "silent", frozenset(each.code for each in self.agencies if each.is_silent))
        object.__setattr__(self, "kinds", frozenset(each.kind for each in self.agencies if not each.is_silent))

    def figure(self, place: Place) -> Figure:
        """One cell, as the audience may see it."""
        if self._is_missing(place):
            return figure(None, self.audience, is_hidden=False)
        return shown(self.cells, place, self.audience, self.marks, self.silent)

    def excluded(self, place: Place) -> Figure:
        """How many were left out there, as the audience may see it; the public does not."""
        if self.audience is Audience.PUBLIC or self._is_missing(place):
            return figure(None, self.audience, is_hidden=False)
        is_hidden = self.audience is Audience.PARTNERSHIP and place in self.marks.excluded
        return figure(Count(self.cells.get(place, Cell(0, 0)).excluded), self.audience, is_hidden=is_hidden)

    def _is_missing(self, place: Place) -> bool:
        """Whether nobody there reported: the agency, or every one of the kind (`kinds` are those that did)."""
        if place.group_kind == "agency_kind" and place.scope_kind != INDICATOR:
            return place.group not in self.kinds
        return place.group_kind == "agency" and place.group in self.silent

    @property
    def silent_titles(self) -> list[str]:
        """What the agencies that did not report are called."""
        return [each.title for each in self.silent_agencies]

    @property
    def silent_agencies(self) -> tuple[AgencyOnDay, ...]:
        """Those that did not report."""
        return tuple(each for each in self.agencies if each.is_silent)
