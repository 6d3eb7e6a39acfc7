"""What the coverage explorer reads: the kept cells of a day and of those it is compared with."""

from datetime import date, datetime
from functools import cache

from django.db.models import Q

from training.pathways.catalogue import read_catalogue
from training.pathways.models import Module, Tier
from training.people.kinds import AgencyKind
from training.people.models import Partnership, RoleGroup
from training.strategy.explorer import Explored, Question, explored
from training.strategy.indicators import place_of
from training.strategy.models import CoverageBuild, Indicator
from training.strategy.periods import compared_with
from training.strategy.report import Report
from training.strategy.suppress import Audience

from .board import TOPICS
from .reports import counted, reports_of
from .strategies import current_strategy, targets_of


def explore(partnership: Partnership, question: Question, *, today: date, at: datetime) -> Explored:
    """The answer, as the board may see it. A day that nobody has counted is counted live, by what is known now."""
    days = compared_with(question.on)
    builds = CoverageBuild.objects.filter(partnership=partnership, as_at__in=(question.on, *days))
    kept = {each.on: each for each in reports_of(list(builds), Audience.PARTNERSHIP, _only(question))}
    report = kept.get(question.on) if question.is_as_counted or question.on == today else None
    earlier = tuple(kept[day] for day in days if day in kept)
    shown = report or counted(partnership, on=question.on, at=at)
    lines, whole = explored(question, shown, earlier, _titled(partnership, question, shown))
    return Explored(
        question=question,
        report=shown,
        is_kept=report is not None,
        target=_target(partnership, question),
        earlier=earlier,
        uncounted=tuple(day for day in days if day not in kept),
        lines=lines,
        whole=whole,
    )


def _only(question: Question) -> Q:
    return Q(group_kind__in=["", question.by], scope_kind=question.scope_kind, scope=question.scope)


def _titled(partnership: Partnership, question: Question, report: Report) -> list[tuple[str, str]]:
    """Code and title of every group that has anybody, of every agency and every kind, in the order of the titles."""
    if question.by == "agency":
        titles = {agency.code: agency.title for agency in report.agencies}
        return sorted(titles.items(), key=lambda each: (each[1], each[0]))
    found = {place.group for place in report.cells if place == question.place(question.by, place.group)}
    if question.by == "agency_kind":
        found |= {agency.kind for agency in report.agencies if agency.kind}
    titles = _titles_of_groups(partnership, question.by)
    named = [(code, titles.get(code) or in_words(code)) for code in found]
    return sorted(named, key=lambda each: (not each[0], each[1]))


def _titles_of_groups(partnership: Partnership, by: str) -> dict[str, str]:
    if by == "locality":
        return dict(partnership.localities.values_list("code", "title"))
    if by == "role_group":
        return dict(RoleGroup.objects.values_list("code", "title"))
    if by == "agency_kind":
        return dict(AgencyKind.choices)
    return _titles_of_families()


@cache
def _titles_of_families() -> dict[str, str]:
    """What families of roles and of modules are called, in the catalogue that comes with the product."""
    catalogue = read_catalogue()
    return {each.code: each.title for each in catalogue.role_families} | {
        each.code: each.title for each in catalogue.module_families
    }


def in_words(code: str) -> str:
    """A code without a title of its own, to be read."""
    return code.replace("_", " ").capitalize() or "Not given"


def _target(partnership: Partnership, question: Question) -> int | None:
    """What the strategy aims for in just this."""
    targets = targets_of(current_strategy(partnership))
    for each in Indicator.objects.filter(code__in=targets, unit="percent"):
        measure = each.measure
        if measure is not None and not measure.get("each_topic") and place_of(measure) == question.place():
            return targets[each.code]
    return None


def things_asked(partnership: Partnership) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked about, by kind: ('tier:A', 'Aware') and so on."""
    mine = {"pathway__partnership": partnership}
    tiers = Tier.objects.filter(**mine).order_by("position", "code").values_list("code", "title")
    modules = list(Module.objects.filter(**mine).order_by("code").values_list("code", "title", "topics", "families"))
    topics = sorted({topic for *_, found, _ in modules for topic in found})
    named = _titles_of_families()
    families = sorted({family for *_, found in modules for family in found})
    return [
        ("Tiers", [(f"tier:{code}", title) for code, title in dict(tiers).items()]),
        ("Topics", [(f"topic:{code}", TOPICS.get(code) or in_words(code)) for code in topics]),
        ("Families of modules", [(f"family:{code}", named.get(code) or in_words(code)) for code in families]),
        ("Modules", list({f"module:{code}": f"{code}: {title}" for code, title, *_ in modules}.items())),
    ]
