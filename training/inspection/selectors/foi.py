"""What a freedom-of-information pack is counted from: the facts of coverage, on each year's last day."""

from datetime import date, datetime

from training.inspection.foi import WITHIN, Counted, with_within
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import Completion
from training.pathways.models import Module
from training.people.models import Agency, Partnership, RoleGroup
from training.strategy.coverage import cells
from training.strategy.selectors.facts import agencies_on, facts_frame
from training.strategy.selectors.reports import counted
from training.strategy.suppress import Audience

WHY = "how much training is recorded"


def completions_by(partnership: Partnership, *, on: date, known_at: datetime) -> int:
    """How many completions of up to a day were known: how much a year's figures rest on."""
    known = Completion.objects.everywhere(reason=WHY).filter(partnership=partnership).known_at(known_at)
    return known.filter(completed_on__lte=on).count()


def counted_on(partnership: Partnership, *, on: date, known_at: datetime) -> Counted:
    """Everything that a year tells, as known at a moment: what coverage counts and hides, and more ways divided."""
    report = counted(partnership, on=on, at=known_at, known_at=known_at, audience=Audience.PUBLIC)
    agencies = agencies_on(partnership, on=on, known_at=known_at)
    frame = facts_frame(coverage_facts(partnership, on=on, known_at=known_at), agencies)
    return Counted(
        as_at=on,
        cells={**report.cells, **cells(with_within(frame), (WITHIN,), ("module",))},
        gone=report.marks.public,
        asked_gone=report.marks.public_asked,
        silent=tuple(each.title for each in report.silent_agencies),
    )


def titles_of(partnership: Partnership) -> dict[tuple[str, str], str]:
    """What agencies, role groups and modules are called, by kind and code."""
    agencies = Agency.objects.filter(memberships__partnership=partnership).distinct()
    modules = Module.objects.filter(pathway__partnership=partnership)
    return {
        **{("agency", code): title for code, title in agencies.values_list("code", "title")},
        **{("role_group", code): title for code, title in RoleGroup.objects.values_list("code", "title")},
        **{("module", code): title for code, title in modules.values_list("code", "title")},
    }
