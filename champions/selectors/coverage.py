"""How far a network reaches on a day: by district, kind of agency, workplace, specialism and language, and over time.

Champions are counted exactly, for the coordinator alone; staff are people, so their numbers pass `suppress`. Community
champions are counted apart: they are nobody's staff. A fixed number of queries, from the read tables of `steps`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from champions.models import ChampionStep, ChampionStepQuerySet, NetworkAims, StaffCount, WorkplaceCount
from champions.offers import LISTS, Language, OfferKind, Specialism
from champions.selectors.members import members
from champions.status import Status
from training.access.clock import add_months
from training.people.kinds import AgencyKind
from training.people.models import Locality, Partnership
from training.strategy import disclosure
from training.strategy.suppress import Audience, Figure, suppress
from training.strategy.suppress import Count as Staff

MONTHS = 12
Key = tuple[str, str]
WHOLE: Key = ("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """A district's champions, or a kind of agency's. `covered` of `workplaces` have one; `staff` may be hidden."""

    key: str
    title: str
    active: int
    lapsing: int
    staff: Figure
    covered: int
    workplaces: int

    @property
    def rate(self) -> str:
        """For every 1,000 staff, or the mark."""
        if self.staff.mark or not self.staff.numerator:
            return self.staff.mark or "n/a"
        return f"{1000 * self.active / self.staff.numerator:.1f}"

    @property
    def without(self) -> int:
        """Workplaces with none."""
        return self.workplaces - self.covered


@dataclass(frozen=True, slots=True)
class Coverage:
    """The network on a day. `grid`: active champions by district and kind of agency."""

    on: date
    whole: Line
    community: int
    districts: tuple[Line, ...]
    kinds: tuple[Line, ...]
    grid: Mapping[tuple[str, str], int]
    specialisms: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    trend: tuple[tuple[date, int], ...]
    community_trend: tuple[tuple[date, int], ...]


def coverage(partnership: Partnership, *, on: date) -> Coverage:
    """Everything but the lists of gaps. The same for whoever reads it."""
    steps = ChampionStep.objects.everywhere(reason="counts").filter(partnership=partnership).active()
    counts = _Counts(steps.current_on(on), partnership, on)
    offered = _offered(steps.current_on(on))
    trend, community_trend = _trend(steps, on)
    return Coverage(
        on=on,
        whole=counts.line(WHOLE, "Whole network"),
        community=counts.community,
        districts=tuple(counts.lines("district", counts.districts)),
        kinds=tuple(counts.lines("kind", {kind: str(AgencyKind(kind).label) for kind in counts.kinds})),
        grid=counts.grid,
        specialisms=tuple((str(it.label), offered[OfferKind.SPECIALISM, it.value]) for it in Specialism),
        languages=_languages(offered, wanted_languages(partnership)),
        trend=trend,
        community_trend=community_trend,
    )


def aims_of(partnership: Partnership) -> NetworkAims | None:
    """What the network aims for, where its coordinator has said so."""
    return NetworkAims.objects.filter(partnership=partnership, replaced_at=None).first()


def wanted_languages(partnership: Partnership) -> list[str]:
    """The languages that the network wants somebody for."""
    aims = aims_of(partnership)
    return list(aims.languages) if aims else []


class _Counts:
    """Champions, staff and workplaces by district, by kind of agency, and by both."""

    def __init__(self, active: ChampionStepQuerySet, partnership: Partnership, on: date) -> None:
        self.districts = dict(Locality.objects.filter(partnership=partnership).values_list("code", "title"))
        self.active: Counter[Key] = Counter()
        self.lapsing: Counter[Key] = Counter()
        self.grid: Counter[tuple[str, str]] = Counter()
        self.community = 0
        rows = active.order_by().values_list("is_community", "locality__code", "agency__kind", "status")
        for is_community, district, kind, status, count in rows.annotate(Count("pk")):
            if is_community:
                self.community += count
                continue
            self.grid[district or "", kind] += count
            for key in (WHOLE, ("district", district or ""), ("kind", kind)):
                self.active[key] += count
                self.lapsing[key] += count if status == Status.LAPSING else 0
        self._staff(partnership, on)
        self._workplaces(active, partnership, on)
        self.kinds = sorted({kind for name, kind in (*self.active, *self.all) if name == "kind"})
        if any(("district", "") in counts for counts in (self.active, self.all)):
            self.districts[""] = "No district given"

    def _staff(self, partnership: Partnership, on: date) -> None:
        """Posts in each district and of each kind of agency: both add up to all of them."""
        found: Counter[Key] = Counter()
        rows = StaffCount.objects.filter(agency__in=members(partnership, on)).order_by()
        rows = rows.filter(Q(locality__partnership=partnership) | Q(locality=None))
        for district, kind, posts in rows.values_list("locality__code", "agency__kind").annotate(Sum("posts")):
            for key in (WHOLE, ("district", district or ""), ("kind", kind)):
                found[key] += posts
        sums = [disclosure.Sum(WHOLE, tuple(key for key in found if key[0] == name)) for name in ("district", "kind")]
        self.staff = suppress({key: Staff(posts) for key, posts in found.items()}, Audience.PARTNERSHIP, sums)

    def _workplaces(self, active: ChampionStepQuerySet, partnership: Partnership, on: date) -> None:
        """Workplaces with anybody on the roster, and those with a champion."""
        self.all, self.covered = Counter[Key](), Counter[Key]()
        rows = staffed(partnership, on).order_by().values_list("locality__code", "agency__kind")
        with_one = Count("pk", filter=Q(workplace__in=at_workplaces(active)))
        for district, kind, count, covered in rows.annotate(there=Count("pk"), with_one=with_one):
            for key in (WHOLE, ("district", district or ""), ("kind", kind)):
                self.all[key] += count
                self.covered[key] += covered

    def lines(self, name: str, titles: Mapping[str, str]) -> Iterable[Line]:
        """A line a title, those with the fewest champions for their size first."""
        found = [self.line((name, code), title) for code, title in titles.items()]
        return sorted(found, key=lambda line: (line.active > 0, -line.without, line.title))

    def line(self, key: Key, title: str) -> Line:
        """The line of one place."""
        return Line(
            key=key[1],
            title=title,
            active=self.active[key],
            lapsing=self.lapsing[key],
            staff=self.staff.get(key, Figure(0)),
            covered=self.covered[key],
            workplaces=self.all[key],
        )


def staffed(partnership: Partnership, on: date) -> QuerySet[WorkplaceCount]:
    """The workplaces where somebody works."""
    return WorkplaceCount.objects.filter(agency__in=members(partnership, on))


def at_workplaces(active: ChampionStepQuerySet) -> QuerySet:
    """The workplaces of these champions, for a subquery."""
    return active.filter(workplace__isnull=False, is_community=False).order_by().values("workplace")


def _offered(active: ChampionStepQuerySet) -> Counter[tuple[str, str]]:
    """How many listed active champions offer each specialism and language: what nobody is shown is not counted."""
    profile = "champion__profile"
    shown = Q(**{f"{profile}__offers__kind": OfferKind.SPECIALISM}) & ~Q(**{f"{profile}__specialisms_to": ""})
    shown |= Q(**{f"{profile}__offers__kind": OfferKind.LANGUAGE}) & ~Q(**{f"{profile}__languages_to": ""})
    rows = active.filter(shown, **{f"{profile}__is_listed": True}).order_by()
    rows = rows.values_list(f"{profile}__offers__kind", f"{profile}__offers__code").annotate(Count("pk"))
    return Counter({(kind, code): count for kind, code, count in rows})


def _languages(offered: Counter[tuple[str, str]], wanted: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The languages that are wanted or spoken."""
    codes = set(wanted) | {code for kind, code in offered if kind == OfferKind.LANGUAGE}
    words = LISTS[OfferKind.LANGUAGE]
    found = [(str(words(code).label), offered[OfferKind.LANGUAGE, code]) for code in codes if code in Language.values]
    return tuple(sorted(found, key=lambda it: (it[1], it[0])))


Trend = tuple[tuple[date, int], ...]


def _trend(steps: ChampionStepQuerySet, on: date) -> tuple[Trend, Trend]:
    """Active champions at the end of each of the last twelve months, and on the day; community champions apart."""
    first = on.replace(day=1)
    days = [add_months(first, -back) - timedelta(days=1) for back in reversed(range(MONTHS))] + [on]

    def standing(day: date, is_community: bool) -> Count:
        holds = Q(starts_on__lte=day, is_community=is_community) & (Q(ends_on=None) | Q(ends_on__gte=day))
        return Count("pk", filter=holds)

    counted = {f"{kind:d}{at}": standing(day, kind) for kind in (False, True) for at, day in enumerate(days)}
    lately = steps.filter(Q(ends_on=None) | Q(ends_on__gte=days[0]), starts_on__lte=on)
    found = lately.aggregate(**{f"at_{name}": count for name, count in counted.items()})
    return (
        tuple((day, found[f"at_0{at}"]) for at, day in enumerate(days)),
        tuple((day, found[f"at_1{at}"]) for at, day in enumerate(days)),
    )
