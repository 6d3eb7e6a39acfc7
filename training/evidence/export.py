"""What an agency's staff have completed, as a file for its own systems, with ESR's competence text."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from training.ledger.models import Completion, StandingStep
from training.pathways.models import Module, RequirementVersion
from training.people.models import Agency, Employment

from .columns import TEMPLATE
from .competence import build
from .recognise import partnerships_of

HEAD = (*TEMPLATE, "competence")


def prefix_of(agency: Agency) -> str:
    """What the agency's competences begin with, unless HR says otherwise."""
    return agency.national_code or agency.code


def exported(
    agency: Agency, *, prefix: str, on: date, since: date | None = None, until: date | None = None
) -> Iterator[list[str]]:
    """A row a completion that stands: the agency on each, the end where one is known, evidence where it is ours.

    Read as it is written, so that a long file takes no more memory than a short one. Loading it again records nothing.
    """
    texts = _competences(agency, prefix, on)
    ends = _ends(agency, on)
    refs = _references(agency)
    rows = Completion.objects.within(agency, on=on).standing()
    if since:
        rows = rows.filter(completed_on__gte=since)
    if until:
        rows = rows.filter(completed_on__lte=until)
    names = ("person_id", "module_id", "module_code", "completed_on", "agency_id", "evidence")
    ordered = rows.order_by("person_id", "module_id", "-completed_on", "-pk").values_list(*names)
    latest: tuple[int, int] | None = None
    for person, module, code, day, where, evidence in ordered.iterator(2000):
        if person not in refs:
            continue
        end = ends.get((person, module)) if (person, module) != latest else None
        latest = (person, module)
        own = evidence if where == agency.pk else ""
        text = texts.get(module, "")
        yield [agency.code, refs[person], code, "", day.isoformat(), end.isoformat() if end else "", "", "", own, text]


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
