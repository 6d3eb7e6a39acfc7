"""A hospital with employees 1 and 2, and a pathway; files of completions applied to it."""

from datetime import timedelta

import pytest

from tests.factories import (
    EmploymentFactory,
    ModuleFactory,
    PostFactory,
    RequirementFactory,
    RequirementVersionFactory,
    TermFactory,
)
from training.access.actor import Actor
from training.evidence.apply import apply_import
from training.evidence.models import CompletionImport, Evidence, Mode
from training.evidence.stage import Preview, preview, stage_import
from training.ledger.models import Completion
from training.people.models import Post, RoleGroup
from training.people.services import mark_stale

BY = Actor.system("test")


@pytest.fixture
def staff(world):
    """Employees 1 and 2 of the hospital, midwives since June 2024, by reference."""
    group = RoleGroup.objects.get(code="MIDWIFE")
    people = {}
    for ref in ("1", "2"):
        employment = EmploymentFactory(agency=world.agency, employee_ref=ref)
        TermFactory(post=PostFactory(employment=employment), role_group=group)
        people[ref] = employment.person
    return people


@pytest.fixture
def module(world, staff, moment):
    """DA-A1, which midwives need within 56 days and again every 36 months."""
    module = ModuleFactory(pathway__partnership=world.partnership)
    group = RoleGroup.objects.get(code="MIDWIFE")
    RequirementVersionFactory(requirement=RequirementFactory(module=module, role_group=group))
    mark_stale(Post.objects.within(world.agency).values_list("pk", flat=True), at=moment)
    return module


@pytest.fixture
def look(world, staff, module, day, moment):
    """Reads a file for the hospital and says what it would record."""

    def look(file, **more) -> Preview:
        return preview(world.agency, file, on=day, at=moment, **more)

    return look


@pytest.fixture
def load(world, staff, module, day, moment):
    """Stages and applies a file for the hospital, an hour later on each call."""
    hours = iter(range(1, 100))

    def load(file, *, mode=Mode.HISTORY, person="") -> CompletionImport:
        at = moment + timedelta(hours=next(hours))
        staged = stage_import(world.agency, file, mode=mode, person=person, on=day, by=BY, at=at)
        return apply_import(staged, by=BY, at=at)

    return load


def recorded() -> list[tuple]:
    """What stands in the ledger: employee, module, day, method."""
    rows = Completion.objects.everywhere(reason="test").standing()
    names = ("person__employments__employee_ref", "module_code", "completed_on", "method")
    return sorted((ref, code, day.isoformat(), method) for ref, code, day, method in rows.values_list(*names))


def waiting() -> list[tuple]:
    """What waits for a decision: employee, title, day."""
    rows = Evidence.objects.everywhere(reason="test").waiting()
    return sorted(
        (each.employee_ref, each.external_title, each.provider, each.completed_on.isoformat()) for each in rows
    )
