"""A sample's posts, followed from roster to evidence: as at its day, as known when it was drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from training.access.clock import london_date
from training.inspection.models import Sample, SampledPost
from training.inspection.trace import Asked, Evidence, Roster, Traced, counted_as
from training.ledger.models import Entry
from training.ledger.selectors.histories import PostHistory, histories
from training.ledger.standing import Standing, standing
from training.pathways.models import Module, Requirement
from training.pathways.rules import version_in_force
from training.people.models import Duty, RosterImport, Term
from training.rules.wording import said_rows

from .who import Deed, roles_of

WHY = "an auditor's sample, without names"
NOT_MAPPED = "Not yet mapped to a role group"
HERE, ELSEWHERE = "At this agency", "Elsewhere"
FROM_ROSTER = "roster:"


@dataclass(frozen=True, slots=True)
class _Known:
    """What was known of all posts of a sample."""

    terms: Mapping[int, Term]
    duties: Mapping[int, tuple[str, ...]]
    rosters: Mapping[str, RosterImport]
    asked: Mapping[int, Sequence[tuple[PostHistory, Standing]]]
    rules: Mapping[int, Requirement]
    modules: Mapping[int, Module]
    entries: Mapping[int, Entry]
    roles: Mapping[Deed, str]


def traced(sample: Sample, number: int | None = None) -> list[Traced]:
    """Its posts, or one of them. Who may see it is for the caller to ask."""
    rows = SampledPost.objects.everywhere(reason=WHY).filter(sample=sample)
    rows = rows.select_related("sample", "post__employment__person", "post__employment__agency")
    posts = list(rows if number is None else rows.filter(number=number))
    told = [each for each in posts if not _is_protected(each)]
    known = _known(sample, [each.post_id for each in told])
    return [_traced(each, sample.as_at, known) for each in posts]


def _is_protected(sampled: SampledPost) -> bool:
    person = sampled.post.employment.person
    return person.is_protected or person.is_protected_elsewhere


def _known(sample: Sample, posts: Sequence[int]) -> _Known:
    on, known_at = sample.as_at, sample.drawn_at
    terms = Term.objects.everywhere(reason=WHY).known_at(known_at).current_on(on).filter(post__in=posts)
    of_post = {each.post_id: each for each in terms.select_related("role_group")}
    uids = {each.source.removeprefix(FROM_ROSTER) for each in of_post.values() if each.source.startswith(FROM_ROSTER)}
    rosters = {str(each.uid): each for each in RosterImport.objects.filter(uid__in=uids, applied_at__isnull=False)}
    modules = Module.objects.filter(pathway__partnership=sample.partnership_id).in_bulk()
    asked: dict[int, list[tuple[PostHistory, Standing]]] = {}
    for each in histories(sorted(posts), known_at=known_at, attempts={}):
        now = standing(each.history, on) if each.module in modules else None
        if now is not None:
            asked.setdefault(each.post, []).append((each, now))
    every = [pair for pairs in asked.values() for pair in pairs]
    reasons = {reason for _, now in every for reason in now.reasons}
    facts = {int(fact.uid) for each, _ in every for fact in each.history.facts}
    entries = Entry.objects.everywhere(reason=WHY).select_related("module").in_bulk(facts)
    return _Known(
        terms=of_post,
        duties=_duties(sample, posts),
        rosters=rosters,
        asked=asked,
        rules=Requirement.objects.select_related("role_group", "designation", "agency").in_bulk(reasons),
        modules=modules,
        entries=entries,
        roles=roles_of(_deeds(rosters.values(), entries.values())),
    )


def _duties(sample: Sample, posts: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = Duty.objects.everywhere(reason=WHY).known_at(sample.drawn_at).current_on(sample.as_at)
    found: dict[int, tuple[str, ...]] = {}
    named = rows.filter(post__in=posts).order_by("designation__title")
    for post, title in named.values_list("post_id", "designation__title"):
        found[post] = (*found.get(post, ()), title)
    return found


def _deeds(rosters: Iterable[RosterImport], entries: Iterable[Entry]) -> list[Deed]:
    found = [(each.recorded_by, london_date(each.recorded_at)) for each in entries]
    for each in rosters:
        found += [(by, london_date(at)) for by, at in _steps(each)]
    return found


def _steps(roster: RosterImport) -> list[tuple[str, Any]]:
    """Who applied it, and who approved it, each with when."""
    steps = [(roster.applied_by, roster.applied_at), (roster.approved_by, roster.approved_at)]
    return [(by, at) for by, at in steps if by and at]


def _traced(sampled: SampledPost, on: date, known: _Known) -> Traced:
    if sampled.post_id not in known.terms or _is_protected(sampled):
        return Traced(str(sampled), sampled.number, is_kept_back=True)
    term = known.terms[sampled.post_id]
    employment = sampled.post.employment
    asked = [_asked(each, now, on, employment.agency_id, known) for each, now in known.asked.get(sampled.post_id, ())]
    return Traced(
        reference=str(sampled),
        number=sampled.number,
        agency=employment.agency.title,
        role_group=term.role_group.title if term.role_group else NOT_MAPPED,
        duties=known.duties.get(sampled.post_id, ()),
        held_since=term.starts_on,
        is_on_leave=term.is_on_leave,
        roster=_roster(known.rosters.get(term.source.removeprefix(FROM_ROSTER)), known),
        asked=tuple(sorted(asked, key=lambda each: each.module)),
    )


def _roster(roster: RosterImport | None, known: _Known) -> Roster | None:
    if roster is None or roster.applied_at is None:
        return None
    applied, *approved = (known.roles[by, london_date(at)] for by, at in _steps(roster))
    return Roster(roster.sha256, roster.applied_at, applied, approved[0] if approved else "")


def _asked(each: PostHistory, now: Standing, on: date, agency: int, known: _Known) -> Asked:
    module = known.modules[each.module]
    rules = {int(rule.requirement): rule for rule in each.history.rules}
    whys = []
    for reason in now.reasons:
        asks = known.rules[int(reason)]
        version = version_in_force(rules[int(reason)].versions, on)
        whose = ", by the agency's own rule" if asks.agency_id else ""
        whys.append((f"{asks.audience}{whose}", "; ".join(each["value"] for each in said_rows(version)[:2])))
    held = [_evidence(fact, agency, known) for fact in each.history.facts if fact.completed_on <= on]
    return Asked(
        module=module.code,
        title=module.title,
        whys=tuple(whys),
        began_on=now.began_on,
        due_on=now.due_on,
        valid_until=now.valid_until,
        counted=counted_as(now),
        evidence=tuple(held),
    )


def _evidence(fact: Any, agency: int, known: _Known) -> Evidence:
    entry = known.entries[int(fact.uid)]
    is_here = entry.agency_id in (agency, None)
    return Evidence(
        entry=entry.number,
        mark=entry.hash[:12],
        module=entry.module_code,
        method=entry.get_method_display(),
        completed_on=fact.completed_on,
        recorded_at=entry.recorded_at,
        accepted_by=known.roles[entry.recorded_by, london_date(entry.recorded_at)],
        where=HERE if is_here else ELSEWHERE,
        revoked_on=fact.revoked_on,
    )
