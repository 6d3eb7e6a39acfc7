"""The pathway as anyone may read it: tiers, modules, and how each is done."""

from dataclasses import dataclass, replace
from datetime import date

from courses.models import CoursePage
from courses.selectors import CourseRow, course_for_module
from training.pathways.models import Module, Tier
from training.pathways.selectors import PublicPathway, asked_of, public_pathways
from training.people.models import Partnership

HELD = {"in_person": "in a room", "virtual": "on a call", "external": "taught elsewhere, and recorded here"}


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module, how it is done, its course page if it has one, and whom the partnership asks for it."""

    module: Module
    how: str
    course: CourseRow | None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TierRows:
    """A tier and its modules."""

    tier: Tier
    modules: tuple[ModuleRow, ...]


@dataclass(frozen=True, slots=True)
class PathwayRows:
    """A live pathway, tier by tier."""

    said: PublicPathway
    tiers: tuple[TierRows, ...]


def pathway_rows(*, on: date, partnership: Partnership | None = None) -> list[PathwayRows]:
    """Every live pathway, or a partnership's; the courses and the rules of all modules in one query each."""
    found = public_pathways(partnership)
    modules = [module.pk for each in found for group in each.tiers for module in group.modules]
    courses, asked = course_for_module(modules), asked_of(modules, on=on)

    def row(module: Module) -> ModuleRow:
        return replace(module_row(module, courses.get(module.pk)), asked=tuple(asked.get(module.pk, ())))

    return [
        PathwayRows(each, tuple(TierRows(group.tier, tuple(map(row, group.modules))) for group in each.tiers))
        for each in found
    ]


def module_row(module: Module, course: CourseRow | None) -> ModuleRow:
    """How the module is done, in words."""
    held = " or ".join(words for mode, words in HELD.items() if mode in module.modes)
    if course is None or not course.is_online:
        how = held or "the online course is not ready yet"
    elif course.counts_as == CoursePage.CountsAs.PART:
        how = f"part of it online, here, and the rest {held}"
    else:
        how = f"online, here, or {held}" if held else "online, here"
    return ModuleRow(module, f"{how[:1].upper()}{how[1:]}.", course)
