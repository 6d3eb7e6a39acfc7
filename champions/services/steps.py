"""Keeping the read tables of the network true: where champions stand, and how many posts there are.

Every change of rosters, training and rules moves the count of changes of its agency (training/ledger/rebuild.py), which
is compared with the mark; what changes in this room takes the mark away. The worker works out what has none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from champions.models import ChampionStep, StaffCount, StepMark, WorkplaceCount
from champions.selectors.members import DESIGNATIONS
from champions.selectors.stretches import Histories, Stretch
from training.access.clock import london_date
from training.ledger.models import StandingCount
from training.people.kinds import AgencyKind
from training.people.models import Agency, Duty, Employment, Membership, Partnership, Term
from training.people.roster.bulk import insert

WHY = "keeping the read table of champions"
COLUMNS = tuple(Stretch.__dataclass_fields__)
AGENCIES_AT_ONCE = 10
PEOPLE_AT_ONCE = 500


def forget_steps_of(people: Iterable[int]) -> None:
    """Have the steps of these people worked out anew. Call it in the transaction that changed something of them."""
    _forget(Employment.objects.everywhere(reason=WHY).filter(person__in=list(people)))


def forget_steps_in(partnership: Partnership) -> None:
    """Have those of a whole partnership worked out anew."""
    _forget(Membership.objects.filter(partnership=partnership))


def _forget(there: QuerySet) -> None:
    """Take the marks of these rows' agencies away, in one order, so that two who do so do not wait in a circle.

    Where there is none yet it is made: whoever works out an agency for the first time meanwhile waits for it, or is
    waited for, and so misses nothing.
    """
    agencies = sorted(set(there.order_by().values_list("agency", flat=True)))
    StepMark.objects.bulk_create((StepMark(agency_id=each) for each in agencies), ignore_conflicts=True)
    marks = StepMark.objects.filter(agency__in=agencies).order_by("agency")
    held = list(marks.select_for_update(no_key=True).values_list("pk", flat=True))
    StepMark.objects.filter(pk__in=held).update(changes=None)


def stale(partnership: Partnership | None = None, *, on: date) -> list[int]:
    """The agencies whose part of the tables is not up to date, in one query."""
    there = Membership.objects.known_now()
    if partnership:
        there = there.filter(partnership=partnership)
    moved = StandingCount.objects.filter(agency=OuterRef("agency")).exclude(changes=OuterRef("changes"))
    done = StepMark.objects.filter(agency=OuterRef("pk"), changes__isnull=False, counted_on=on).exclude(Exists(moved))
    agencies = Agency.objects.filter(pk__in=there.values("agency")).exclude(Exists(done))
    return list(agencies.order_by("pk").values_list("pk", flat=True))


def refresh_steps(*, at: datetime) -> int:
    """Bring the tables up to the facts; how many agencies' parts were worked out. One query where nothing changed."""
    left = iter(stale(on=london_date(at)))
    done = 0
    while some := list(islice(left, AGENCIES_AT_ONCE)):
        done += _refresh(some, at)
    return done


def refresh_a_few(partnership: Partnership, *, at: datetime) -> int:
    """The same for as many agencies as somebody can wait for; how many are left to the worker."""
    waiting = stale(partnership, on=london_date(at))
    if waiting:
        _refresh(waiting[:AGENCIES_AT_ONCE], at)
    return len(waiting[AGENCIES_AT_ONCE:])


def rebuild_steps(*, at: datetime) -> int:
    """Throw everything away and work it out anew; how many steps there are."""
    with transaction.atomic():
        ChampionStep.objects.everywhere(reason=WHY).delete()
        for table in (StaffCount, WorkplaceCount, StepMark):
            table.objects.all().delete()
    refresh_steps(at=at)
    return ChampionStep.objects.everywhere(reason=WHY).count()


@transaction.atomic
def _refresh(agencies: list[int], at: datetime) -> int:
    """Those that nobody else has under their hands. What is marked meanwhile waits, and is marked after."""
    on = london_date(at)
    StepMark.objects.bulk_create((StepMark(agency_id=each) for each in agencies), ignore_conflicts=True)
    free = (
        StepMark.objects.filter(agency__in=agencies).order_by("agency").select_for_update(skip_locked=True, no_key=True)
    )
    marks = {mark.agency_id: mark for mark in free}
    counts = StandingCount.objects.filter(agency__in=marks)
    changes = dict.fromkeys(marks, 0) | dict(counts.values_list("agency", "changes"))
    moved = [pk for pk, mark in marks.items() if mark.changes != changes[pk]]
    if moved:
        _work_out(moved)
    _count_staff(list(marks), on)
    for pk, mark in marks.items():
        mark.changes, mark.counted_on = changes[pk], on
    StepMark.objects.bulk_update(marks.values(), ["changes", "counted_on"])
    return len(marks)


def _work_out(agencies: Collection[int]) -> None:
    """Write the steps of whoever is or was a champion at these agencies, in each of their partnerships."""
    duties = Duty.objects.everywhere(reason=WHY).filter(designation__code__in=DESIGNATIONS)
    duties = duties.filter(post__employment__agency__in=agencies)
    steps = ChampionStep.objects.everywhere(reason=WHY).filter(agency__in=agencies)
    people = iter(
        sorted({*duties.values_list("post__employment__person", flat=True), *steps.values_list("person", flat=True)})
    )
    there = Membership.objects.filter(agency__in=agencies).values("partnership")
    partnerships = list(Partnership.objects.filter(pk__in=there))
    while some := list(islice(people, PEOPLE_AT_ONCE)):
        for partnership in partnerships:
            write_steps(partnership, some)


def write_steps(partnership: Partnership, people: Collection[int]) -> None:
    """Put right what stands of these people. Only those whose steps differ are written."""
    histories = Histories(partnership, people)
    wanted: dict[int, set[tuple]] = {
        pk: {tuple(getattr(each, name) for name in COLUMNS) for each in histories.stretches(person)}
        for pk, person in histories.people.items()
    }
    rows = ChampionStep.objects.everywhere(reason=WHY).filter(partnership=partnership, person__in=people)
    standing: dict[int, set[tuple]] = defaultdict(set)
    for row in rows.values_list(*COLUMNS):
        standing[row[0]].add(row)
    differ = [pk for pk in people if wanted.get(pk, set()) != standing[pk]]
    rows.filter(person__in=differ).delete()
    new = (row + (partnership.pk,) for pk in differ for row in sorted(wanted.get(pk, ()), key=lambda it: it[-2]))
    insert(ChampionStep, (*COLUMNS, "partnership_id"), new)


def _count_staff(agencies: Collection[int], on: date) -> None:
    """Running posts by district and by workplace; the roster of community champions holds nobody's staff."""
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    terms = terms.filter(post__employment__agency__in=agencies)
    terms = terms.exclude(post__employment__agency__kind=AgencyKind.COMMUNITY).order_by()
    agency = "post__employment__agency"
    placed = terms.annotate(place=Coalesce("locality", "workplace__locality")).values_list(agency, "place")
    _put_right(StaffCount, ("agency_id", "locality_id", "posts"), agencies, placed.annotate(Count("pk")))
    there = terms.filter(workplace__isnull=False).values_list(agency, "workplace", "workplace__locality")
    columns = ("agency_id", "workplace_id", "locality_id", "posts")
    _put_right(WorkplaceCount, columns, agencies, there.annotate(Count("pk")))


def _put_right(
    table: type[StaffCount | WorkplaceCount],
    columns: Sequence[str],
    agencies: Collection[int],
    counted: Iterable[tuple[Any, ...]],
) -> None:
    """Write anew the rows of those agencies whose rows differ."""
    wanted = set(counted)
    rows = table.objects.filter(agency__in=agencies)
    differ = {row[0] for row in wanted ^ set(rows.values_list(*columns))}
    rows.filter(agency__in=differ).delete()
    insert(table, columns, (row for row in wanted if row[0] in differ))
