"""Reads over pathways that span tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from training.people.models import Partnership

from .models import Module, Pathway, PathwayVersion, RequirementVersion, Tier


@dataclass(frozen=True, slots=True)
class TierModules:
    """A tier and its modules in a version."""

    tier: Tier
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class PublicPathway:
    """A live version of a pathway as anyone may read it."""

    pathway: Pathway
    version: PathwayVersion
    tiers: tuple[TierModules, ...]


def public_pathways(partnership: Partnership | None = None) -> list[PublicPathway]:
    """The live version of every pathway, or of a partnership's, tier by tier."""
    live = PathwayVersion.objects.filter(status=PathwayVersion.Status.LIVE)
    versions = (
        (live.filter(pathway__partnership=partnership) if partnership else live)
        .select_related("pathway__partnership")
        .prefetch_related("modules__tier", "modules__refreshes")
        .order_by("pathway__partnership__title")
    )
    return [PublicPathway(version.pathway, version, _by_tier(version)) for version in versions]


def _by_tier(version: PathwayVersion) -> tuple[TierModules, ...]:
    modules: dict[Tier, list[Module]] = {}
    for module in version.modules.all():
        modules.setdefault(module.tier, []).append(module)
    tiers = sorted(modules, key=lambda tier: tier.position)
    return tuple(TierModules(tier, tuple(sorted(modules[tier], key=lambda it: it.position))) for tier in tiers)


EVERYONE = "Everyone on the pathway"


def asked_of(modules: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Whom the partnership's own rules ask for each module on a day, by role group and duty; agencies may add to it."""
    rules = (
        RequirementVersion.objects.known_now()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
        .filter(requirement__module__in=modules, requirement__agency=None, requirement__agency_kind="")
        .values_list("requirement__module", "requirement__role_group__title", "requirement__designation__title")
        .order_by("requirement__role_group__title", "requirement__designation__title")
        .distinct()
    )
    groups: dict[int, list[str]] = {}
    duties: dict[int, list[str]] = {}
    for module, group, duty in rules:
        asked, title = (groups, group) if group else (duties, duty)
        asked.setdefault(module, []).append(title)
    everyone = {each for titles in groups.values() for each in titles}
    said = {module: [EVERYONE] if set(titles) == everyone else titles for module, titles in groups.items()}
    return {module: [*said.get(module, []), *duties.get(module, [])] for module in {*groups, *duties}}


def live_on(partnership: Partnership, on: date) -> list[PathwayVersion]:
    """Of each of its pathways the version that was live on a day; before the first began, the first."""
    rows = PathwayVersion.objects.filter(pathway__partnership=partnership).exclude(status=PathwayVersion.Status.DRAFT)
    found: dict[int, PathwayVersion] = {}
    for version in rows.order_by("number"):
        if version.pathway_id not in found or version.live_from is None or version.live_from <= on:
            found[version.pathway_id] = version
    return list(found.values())
