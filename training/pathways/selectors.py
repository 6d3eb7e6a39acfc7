"""Reads over pathways that span tables."""

from dataclasses import dataclass

from .models import Module, Pathway, PathwayVersion, Tier


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


def public_pathways() -> list[PublicPathway]:
    """The live version of every pathway, tier by tier."""
    versions = (
        PathwayVersion.objects.filter(status=PathwayVersion.Status.LIVE)
        .select_related("pathway__partnership")
        .prefetch_related("modules__tier")
        .order_by("pathway__partnership__title")
    )
    return [PublicPathway(version.pathway, version, _by_tier(version)) for version in versions]


def _by_tier(version: PathwayVersion) -> tuple[TierModules, ...]:
    modules: dict[Tier, list[Module]] = {}
    for module in version.modules.all():
        modules.setdefault(module.tier, []).append(module)
    tiers = sorted(modules, key=lambda tier: tier.position)
    return tuple(TierModules(tier, tuple(sorted(modules[tier], key=lambda it: it.position))) for tier in tiers)
