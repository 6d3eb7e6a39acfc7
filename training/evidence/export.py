"""What an agency's staff have completed, as a file for its own systems, with ESR's competence text."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby, starmap
from typing import NamedTuple

from django.db.models import Q

from training.ledger.models import Completion, StandingStep
from training.pathways.models import Module, RequirementVersion, Satisfies
from training.people.identity.selectors import whose_training
from training.people.models import Agency, Employment, Term

from .columns import TEMPLATE
from .competence import build
from .recognise import partnerships_of

HEAD = (*TEMPLATE, "competence")
NAMES = ("pk", "person_id", "module_id", "module_code", "completed_on", "agency_id", "evidence")


class Row(NamedTuple):
    """A completion, as far as the file is made of it."""

    pk: int
    person: int
    module: int
    code: str
    day: date
    agency: int | None
    evidence: str


def prefix_of(agency: Agency) -> str:
    """What the agency's competences begin with, unless HR says otherwise."""
    return agency.national_code or agency.code


def exported(
    agency: Agency, *, prefix: str, on: date, since: date | None = None, until: date | None = None
) -> Iterator[list[str]]:
    """A row a completion that stands: the agency on each, the end where one is known, evidence where it is ours.

    What counts for somebody from a record elsewhere has its row too, without the place: an end stands on the row of
    the latest completion, and on none where another module may be what makes it. Read as it is written, so that a long
    file takes no more memory than a short one. Loading it again records nothing.
    """
    texts = _competences(agency, prefix, on)
    ends = _ends(agency, on)
    lent = _lent()
    refs = _references(agency)
    rows = Completion.objects.within(agency, on=on).standing().order_by("person_id").values_list(*NAMES)
    for person, done in _by_person(starmap(Row, rows.iterator(2000)), refs.keys(), _counted(agency, on)):
        modules = {row.module for row in done}
        without_end = {module for module, lenders in lent.items() if lenders & modules}
        for row in sorted(done, key=lambda row: (row.module, -row.day.toordinal(), -row.pk)):
            end = None if row.module in without_end else ends.get((person, row.module))
            without_end.add(row.module)
            if (since or row.day) <= row.day <= (until or row.day):
                days = row.day.isoformat(), end.isoformat() if end else ""
                own = row.evidence if row.agency == agency.pk else ""
                yield [agency.code, refs[person], row.code, "", *days, "", "", own, texts.get(row.module, "")]


def _by_person(
    rows: Iterable[Row], people: Collection[int], counted: dict[int, frozenset[int]]
) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each of the people, with those of the records that count for them; these few are kept till last."""
    joined = set().union(counted, *counted.values())
    kept: dict[int, list[Row]] = {}
    for person, found in groupby(rows, key=lambda row: row.person):
        if person in joined:
            kept[person] = list(found)
        elif person in people:
            yield person, list(found)
    for person in sorted(joined.intersection(people)):
        records = counted.get(person, frozenset({person}))
        yield person, [row for record in records for row in kept.get(record, ())]


def _counted(agency: Agency, on: date) -> dict[int, frozenset[int]]:
    """For each of the staff with several records, those whose training counts for them."""
    if not (found := whose_training()):
        return {}
    posts = Term.objects.within(agency).known_now().not_ended_on(on).filter(post__employment__person__in=list(found))
    staff = posts.order_by().values_list("post__employment__person_id", flat=True)
    return {person: found[person] for person in staff}


def _references(agency: Agency) -> dict[int, str]:
    """The employee reference of each person; of two, the one they had first. Blank for those who wish it withheld."""
    names = ("person_id", "employee_ref", "person__is_protected")
    rows = Employment.objects.within(agency).order_by("-pk").values_list(*names)
    return {person: "" if is_protected else ref for person, ref, is_protected in rows.iterator(5000)}


def _ends(agency: Agency, on: date) -> dict[tuple[int, int], date]:
    """Until when each is in date, by the agency's own posts."""
    steps = StandingStep.objects.within(agency).current_on(on).exclude(valid_until=None)
    names = ("post__employment__person_id", "module_id", "valid_until")
    found: dict[tuple[int, int], date] = {}
    for person, module, end in steps.order_by().values_list(*names).iterator(5000):
        found[person, module] = max(end, found.get((person, module), end))
    return found


def _lent() -> dict[int, set[int]]:
    """For each module, those that satisfy it."""
    found: dict[int, set[int]] = {}
    for lender, borrower in Satisfies.objects.known_now().values_list("lender_id", "borrower_id"):
        found.setdefault(borrower, set()).add(lender)
    return found


def _competences(agency: Agency, prefix: str, on: date) -> dict[int, str]:
    """Each module's competence text: with the shortest period that a rule asks for today, or the module's own."""
    partnerships = partnerships_of(agency, on=on)
    versions = RequirementVersion.objects.known_now().filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        Q(requirement__agency=None) | Q(requirement__agency=agency),
        starts_on__lte=on,
        requirement__module__pathway__partnership__in=partnerships,
    )
    months: dict[int, int] = {}
    for module, period in versions.exclude(validity_months=None).values_list("requirement__module", "validity_months"):
        if period:
            months[module] = min(period, months.get(module, period))
    modules = Module.objects.filter(pathway__partnership__in=partnerships)
    return {
        pk: build(prefix, title, months.get(pk) or validity)
        for pk, title, validity in modules.values_list("pk", "title", "validity_months")
    }
