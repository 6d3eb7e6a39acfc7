"""From tables to the columns that places are counted from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from django.db.models import BigIntegerField, Case, Min, Q, Value, When

from training.access.clock import add_months, london_date
from training.ledger.columns import Column, Columns, DayNumber, number, occurring, one_key, read_columns
from training.ledger.coverage_inputs import Asks
from training.ledger.models import StandingStep
from training.ledger.standing import State
from training.pathways.models import Module
from training.pathways.rulebook import read_rulebook
from training.people.identity.selectors import ENTERED_AS, one_for_many
from training.people.models import Agency, Partnership, RosterImport, Term
from training.people.models.roster import ImportState
from training.strategy.coverage import Cell, Place
from training.strategy.figures import PLACES, AgencyOnDay, Marks
from training.strategy.forecast import A_YEAR, months_ahead
from training.strategy.places import (
    NOW,
    Moves,
    PlaceFacts,
    board_basis,
    hidden_places,
    inputs_by_agency,
    inputs_of,
    places_cells,
)
from training.strategy.report import CountedPlaces
from training.strategy.suppress import Audience, Count, hidden

WHY = "counting places"
YEAR = timedelta(days=A_YEAR)
EXCUSED = (State.EXEMPT, State.PAUSED)
IN_INDUCTION = (State.NOT_STARTED, State.IN_PROGRESS)
LATE = 0
"""Stands for the day of what is late."""


def counted_places(
    partnership: Partnership, agencies: Mapping[int, AgencyOnDay], marks: Marks, *, on: date
) -> CountedPlaces:
    """Of the agencies that reported together, and of every one by itself."""
    facts = place_facts(partnership, agencies, on=on)
    inputs = inputs_of(facts, [pk for pk, agency in agencies.items() if not agency.is_silent])
    unseen = {place.scope for place in marks.board if place == Place("", "", "module", place.scope)}
    return CountedPlaces(inputs, hidden_places(inputs, unseen), dict(inputs_by_agency(facts, agencies)))


def with_places(
    cells: Mapping[Place, Cell], marks: Marks, places: CountedPlaces, *, on: date
) -> tuple[dict[Place, Cell], Marks]:
    """The indicator among the cells, and whom it is hidden from."""
    told = places_cells(board_basis(places.inputs, places.hidden), places.inputs, on)
    people, cannot_tell = Count(told[PLACES].numerator), told[PLACES].value is None
    gone = {
        name: getattr(marks, name) | (frozenset(told) if cannot_tell or hidden({(): people}, audience) else frozenset())
        for name, audience in (("board", Audience.PARTNERSHIP), ("public", Audience.PUBLIC))
    }
    return {**cells, **told}, replace(marks, **gone)


def place_facts(partnership: Partnership, agencies: Collection[int], *, on: date) -> PlaceFacts:
    """Of some agencies of a partnership, from the read table of standings and from terms, by what is known now."""
    codes = dict(Module.objects.filter(pathway__partnership=partnership).values_list("pk", "code"))
    titles = sorted(set(codes.values()))
    places = {pk: titles.index(code) for pk, code in codes.items()}
    steps = _steps(partnership, agencies, on)
    moves = dict(_moves(agencies, on))
    asks = Asks(read_rulebook(), partnership.pk, on)
    return PlaceFacts(
        person=steps["person"],
        agency=steps["agency"],
        module=_replaced(steps["module"], places),
        when=steps["when"],
        codes=titles,
        months=len(months_ahead(on)),
        moves=moves,
        asks={job: frozenset(places[ask.module] for ask in asks.of_job(*job)) for job in moves},
        short=_short(agencies, on),
    )


def _steps(partnership: Partnership, agencies: Collection[int], on: date) -> Columns:
    """What is asked on the day and not valid, or not for all of the year; without those excused or on leave.

    Training that has ended, though leave or an extension puts off the day, is not in date and stands under NOW.
    """
    steps = StandingStep.objects.everywhere(reason=WHY).current_on(on).filter(is_required=True)
    steps = steps.filter(module__pathway__partnership=partnership, post__employment__agency__in=agencies)
    can_wait = Q(is_valid=True) | Q(state__in=IN_INDUCTION)
    found = read_columns(
        steps.filter(Q(is_valid=False) | Q(due_on__lte=add_months(on, 12))).exclude(state__in=EXCUSED),
        person=ENTERED_AS,
        agency="post__employment__agency_id",
        module="module_id",
        due=Case(When(can_wait, then=DayNumber("due_on")), default=Value(LATE), output_field=BigIntegerField()),
    )
    found["person"] = _replaced(found["person"], one_for_many())
    found["when"] = _when(found.pop("due"), on)
    in_time = found["when"] <= len(months_ahead(on))
    return {name: column[in_time] for name, column in found.items()}


def _when(due: Column, on: date) -> Column:
    """NOW for what is late, else the month, counted from 1, of the day."""
    ends = np.array([number(each.last) for each in months_ahead(on)], dtype=np.int64)
    month = np.searchsorted(ends, np.maximum(due, number(on) + 1)) + 1
    return np.where(due == LATE, NOW, month)


def _replaced(column: Column, by: Mapping[int, int]) -> Column:
    """Ids as what they stand for; those that stand for themselves are not in `by`."""
    found, where = occurring(column)
    return np.array([by.get(each, each) for each in found.tolist()], dtype=np.int64)[where] if len(found) else column


def _moves(agencies: Collection[int], on: date) -> Iterator[tuple[tuple[int, int], Moves]]:
    """How many began, ended and are held, by agency and role group: a run of terms without a break counts once."""
    terms = (
        Term.objects.everywhere(reason=WHY)
        .known_now()
        .filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on - YEAR),
            post__employment__agency__in=agencies,
            starts_on__lte=on,
            role_group__isnull=False,
        )
    )
    read = read_columns(
        terms,
        employment="post__employment_id",
        agency="post__employment__agency_id",
        role_group="role_group_id",
        starts=DayNumber("starts_on"),
        ends=DayNumber("ends_on"),
    )
    frame = pd.DataFrame(read)
    frame["job"] = one_key(read["employment"], read["role_group"])
    runs = _runs(frame.sort_values(["job", "starts"]))
    today, before = number(on), number(on - YEAR)
    runs["starters"] = runs["starts"] > before
    runs["leavers"] = (runs["ends"] >= before) & (runs["ends"] < today)
    runs["staff"] = runs["ends"] >= today
    counts = runs.groupby(["agency", "role_group"])[["starters", "leavers", "staff"]].sum()
    for (agency, group), starters, leavers, staff in zip(counts.index, *counts.to_numpy().T.tolist(), strict=True):
        yield (int(agency), int(group)), Moves(starters, leavers, staff)


def _runs(terms: pd.DataFrame) -> pd.DataFrame:
    """Terms of one job that follow each other, or overlap, as one: from the first day of the first to the last."""
    reached = terms.groupby("job")["ends"].cummax().groupby(terms["job"]).shift(fill_value=-1)
    is_new = terms["job"].ne(terms["job"].shift()) | (terms["starts"] > reached + 1)
    whole = terms.groupby(is_new.cumsum())
    return whole.agg(
        agency=("agency", "first"), role_group=("role_group", "first"), starts=("starts", "first"), ends=("ends", "max")
    )


def _short(agencies: Collection[int], on: date) -> dict[int, str]:
    """Agencies whose first roster came less than a year before the day, if any did: who left is not known."""
    first = RosterImport.objects.filter(agency__in=agencies, state=ImportState.APPLIED).order_by()
    begun = {
        agency for agency, at in first.values_list("agency").annotate(Min("applied_at")) if london_date(at) <= on - YEAR
    }
    return dict(Agency.objects.filter(pk__in=set(agencies) - begun).values_list("pk", "code"))
