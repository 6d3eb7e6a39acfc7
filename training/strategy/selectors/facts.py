"""From tables to the columns that coverage is counted from, and what is told to cells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from django.db.models import Max, Q

from training.access.clock import london_date
from training.audit.former import former_values
from training.ledger.columns import (
    occurring,
    packed,
    starts_of_runs,
)
from training.ledger.coverage_facts import CoverageFacts
from training.ledger.selectors.histories import known
from training.pathways.models import Module, SignUp, Tier
from training.pathways.selectors import live_on
from training.people.kinds import AgencyKind
from training.people.models import (
    Agency,
    Locality,
    Membership,
    Partnership,
    RoleGroup,
    RosterImport,
)
from training.people.models.roster import ImportState
from training.strategy.coverage import Cell, Place
from training.strategy.figures import (
    CHAMPIONS,
    CHAMPIONS_THERE,
    INDICATOR,
    AgencyOnDay,
)
from training.strategy.told import Told

WHY = "counting for the board"
ROSTER_IS_OLD = timedelta(days=120)


def agencies_on(partnership: Partnership, *, on: date, known_at: datetime | None) -> dict[int, AgencyOnDay]:
    """The agencies in the partnership on a day, by id, as known at a moment: community champions are nobody's staff."""
    rows = known(Membership.objects.filter(partnership=partnership), known_at).current_on(on)
    members = Agency.objects.filter(pk__in=rows.values("agency")).exclude(kind=AgencyKind.COMMUNITY).order_by("title")
    reported = _reported(on, known_at)
    signed = known(SignUp.objects.filter(version__in=live_on(partnership, on)), known_at).confirmed_on(on)
    signed_up = set(signed.values_list("agency_id", flat=True))
    kinds = former_values(Agency, "kind", known_at)
    return {
        agency.pk: AgencyOnDay(
            code=agency.code,
            title=agency.title,
            is_silent=agency.pk not in reported,
            is_signed_up=agency.pk in signed_up,
            kind=kinds.get(agency.pk, agency.kind),
        )
        for agency in members
    }


def _reported(on: date, known_at: datetime | None) -> set[int]:
    """The agencies whose last roster, applied and not undone, was no more than 120 days old on the day."""
    applied = RosterImport.objects.filter(applied_at__isnull=False)
    if known_at is None:
        applied = applied.filter(state=ImportState.APPLIED)
    else:
        applied = applied.filter(Q(undone_at__isnull=True) | Q(undone_at__gt=known_at), applied_at__lte=known_at)
    last = applied.order_by().values_list("agency_id").annotate(Max("applied_at"))
    return {agency for agency, moment in last if london_date(moment) >= on - ROSTER_IS_OLD}


def family_of_role_group() -> dict[str, str]:
    """The role family of each role group, by code."""
    return dict(RoleGroup.objects.values_list("code", "family"))


def facts_frame(facts: CoverageFacts, agencies: Mapping[int, AgencyOnDay]) -> pd.DataFrame:
    """The columns that `coverage.cells` counts, by code; rows of agencies that did not report are left out."""
    reporting = [pk for pk, agency in agencies.items() if not agency.is_silent]
    rows = np.isin(facts.agency_id, reporting)
    known_at = facts.known_at
    groups = dict(RoleGroup.objects.values_list("pk", "code"))
    families = dict(RoleGroup.objects.values_list("pk", "family")) | former_values(RoleGroup, "family", known_at)
    modules = Module.objects.in_bulk()
    topics, sets = (
        {pk: getattr(each, name) for pk, each in modules.items()} | former_values(Module, name, known_at)
        for name in ("topics", "families")
    )
    localities = dict(Locality.objects.values_list("pk", "code"))
    role_group, module = facts.role_group_id[rows], facts.module_id[rows]
    return pd.DataFrame(
        {
            "person": facts.person_id[rows],
            "is_valid": facts.is_valid[rows],
            "exclusion": facts.exclusion[rows],
            "agency": _codes(facts.agency_id[rows], {pk: agency.code for pk, agency in agencies.items()}),
            "agency_kind": _codes(facts.agency_id[rows], {pk: agency.kind for pk, agency in agencies.items()}),
            "role_group": _codes(role_group, groups),
            "role_family": _codes(role_group, families),
            "locality": _codes(facts.locality_id[rows], localities),
            "module": _codes(module, {pk: each.code for pk, each in modules.items()}),
            "tier": _codes(facts.tier_id[rows], dict(Tier.objects.values_list("pk", "code"))),
            "topics": _lists(module, topics),
            "families": _lists(module, sets),
        }
    )


def _codes(ids: np.ndarray, names: Mapping[int, str]) -> pd.Categorical:
    """Ids as codes; an id without one has none."""
    found, where = occurring(ids)
    labels = [names.get(int(pk), "") for pk in found]
    titles = sorted({label for label in labels if label})
    numbers = {label: number for number, label in enumerate(titles)}
    codes = np.array([numbers.get(label, -1) for label in labels], dtype=np.int64)
    return pd.Categorical.from_codes(codes[where] if len(found) else codes, categories=titles)


def _lists(ids: np.ndarray, lists: Mapping[int, Sequence[str]]) -> pd.Categorical:
    """Ids as lists of codes, one list an id."""
    found, where = occurring(ids)
    labels = [tuple(lists[int(pk)]) for pk in found]
    titles = sorted(set(labels))
    codes = np.array([titles.index(label) for label in labels], dtype=np.int64)
    index = pd.Index(np.fromiter(titles, dtype=object, count=len(titles)), tupleize_cols=False)
    return pd.Categorical.from_codes(codes[where] if len(found) else codes, categories=index)


def told_cells(frame: pd.DataFrame, told: Iterable[Told]) -> dict[Place, Cell]:
    """What rooms above tell; champions of a locality out of the people there who are asked for training."""
    found: dict[Place, Cell] = {}
    champions: dict[str, int] = {}
    for each in told:
        if each.code == CHAMPIONS_THERE and each.group_kind == "locality":
            champions[each.group] = each.numerator
            continue
        whole = each.numerator if each.denominator is None else each.denominator
        found[Place(each.group_kind, each.group, INDICATOR, each.code)] = Cell(each.numerator, whole, value=each.value)
    if CHAMPIONS not in found:
        return found
    for locality, count in _people_by_locality(frame).items():
        place = Place("locality", locality, INDICATOR, CHAMPIONS_THERE)
        found[place] = Cell(min(champions.get(locality, 0), count), count)
    return found


def _people_by_locality(frame: pd.DataFrame) -> dict[str, int]:
    """How many people are asked for training in each locality; those without one under ''."""
    column = frame["locality"].cat
    whole, (_, width) = packed(frame["person"].to_numpy(), column.codes.to_numpy().astype(np.int64) + 1)
    whole.sort()
    codes, counts = np.unique(whole[starts_of_runs(whole)] & ((1 << width) - 1), return_counts=True)
    titles = ["", *column.categories]
    return {str(titles[code]): int(count) for code, count in zip(codes, counts, strict=True)}
