"""Which posts have plain histories alone, read in columns, and the steps of those that do.

Plain is a post with one job without a break and without leave, under one rule a module that looks at days alone, whose
holder has one record, and completions and nothing else: no revoked, voided, lent or outside training, no refresher, no
open attempt; and no duty, exemption or extension on the post. Nearly all are. The others go the long way, through
`histories`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import BigIntegerField, Case, Value, When

from training.access.prepared import among
from training.ledger.attempts import OpenAttempts
from training.ledger.columns import (
    BEFORE_ALL,
    NEVER,
    Column,
    Columns,
    DayNumber,
    Mask,
    number,
    one_key,
    read_columns,
)
from training.ledger.models import Entry, Method
from training.ledger.plain import Asked, Completions, deadlines, is_plain, steps
from training.pathways.models import Exemption, Extension
from training.pathways.rulebook import Rulebook, rulebook_now
from training.pathways.rules import Rule, RuleVersion
from training.pathways.spans import Span, joined, overlap, span
from training.people.kinds import PostStatus
from training.people.models import Agency, Duty, Term

WHY = "working out standings"
DAYS = ("from_on", "until_on", "due_on", "valid_until", "window_opens_on", "began_on")
ROWS = ("post", "module", *DAYS, "state", "is_valid", "is_required", "requirement")
"""A row of the read table with one requirement behind it: a state is its place in STATES, a day not known is NEVER."""


@dataclass(frozen=True, slots=True)
class JobRule:
    """A rule that asks a job for a module, on one run of days."""

    module: int
    requirement: int
    versions: tuple[RuleVersion, ...]
    days: Span


class JobRules:
    """What is asked of a job at an agency, by plain rules; None where some rule is not plain. Remembered."""

    def __init__(self, book: Rulebook, kinds: Mapping[int, str]) -> None:
        self.book, self.kinds = book, kinds
        self._found: dict[tuple[int, int], tuple[JobRule, ...] | None] = {}

    def of(self, agency: int, role_group: int) -> tuple[JobRule, ...] | None:
        """The plain rules of a job, or None."""
        key = (agency, role_group)
        if key not in self._found:
            self._found[key] = self._plain(agency, role_group)
        return self._found[key]

    def _plain(self, agency: int, role_group: int) -> tuple[JobRule, ...] | None:
        found: dict[int, JobRule] = {}
        for each in self.book.rules_for(agency, self.kinds.get(agency, "")):
            rule = each.rule
            if rule.designation is not None or rule.role_group != role_group:
                continue
            members = self.book.members[agency][each.partnership]
            runs = joined(span(version.starts_on, version.ends_on) for version in rule.versions)
            if int(rule.module) in found or len(runs) != 1 or len(members) != 1 or not _is_plain(rule):
                return None
            if days := overlap(runs[0], members[0]):
                found[int(rule.module)] = JobRule(int(rule.module), int(rule.requirement), rule.versions, days)
        return tuple(found.values())


_remembered: list[JobRules] = []


def job_rules() -> JobRules:
    """The rules as they are now; while none has changed, with what was found before."""
    book = rulebook_now()
    kinds = dict(Agency.objects.filter(pk__in=list(book.members)).values_list("pk", "kind"))
    before = _remembered[0] if _remembered else None
    if before is not None and before.book is book and before.kinds == kinds:
        return before
    rules = JobRules(book, kinds)
    _remembered[:] = [rules]  # another thread may have put its own there meanwhile: what is answered is this one
    return rules


def _is_plain(rule: Rule) -> bool:
    return is_plain(rule.versions)


def plain_steps(ids: Sequence[int], rules: JobRules, attempts: OpenAttempts) -> tuple[Columns, list[int]]:
    """The rows of the read table for those of these posts that are plain, and the posts that are not."""
    posts = _posts(ids)
    away = ~posts.pop("is_plain").astype(bool)
    away |= np.isin(posts["post"], _apart(ids, rules.book))
    away |= np.isin(posts["person"], _special(posts["person"], rules.book, attempts))
    asked, away = _asked(posts, away, rules)
    plain = {name: column[~away] for name, column in posts.items()}
    rows = list(_rows(plain, asked[~away], rules, _done(plain["person"])))
    joined_rows = {name: np.concatenate([each[name] for each in rows] or [_none()]) for name in ROWS}
    return joined_rows, posts["post"][away].tolist()


def _none() -> Column:
    return np.empty(0, dtype=np.int64)


def _posts(ids: Sequence[int]) -> Columns:
    """Each post with its holder, its agency, its job, and the days on which it has been held."""
    on_leave = Case(When(status__in=PostStatus.on_leave(), then=Value(1)), default=0, output_field=BigIntegerField())
    terms = read_columns(
        Term.objects.everywhere(reason=WHY).known_now().filter(among("post_id", ids)),
        post="post_id",
        person="post__employment__person_id",
        agency="post__employment__agency_id",
        role_group="role_group_id",
        starts_on=DayNumber("starts_on"),
        ends_on=DayNumber("ends_on"),
        on_leave=on_leave,
        same_as="post__employment__person__same_as_id",
    )
    order = np.lexsort((terms["starts_on"], terms["post"]))
    terms = {name: column[order] for name, column in terms.items()}
    _, first, count = np.unique(terms["post"], return_index=True, return_counts=True)
    last = first + count - 1
    follows = np.ones(len(order), dtype=bool)
    follows[1:] = (terms["starts_on"][1:] == terms["ends_on"][:-1] + 1) & (
        terms["role_group"][1:] == terms["role_group"][:-1]
    )
    follows[first] = True
    follows &= (terms["on_leave"] == 0) & (terms["same_as"] == 0)
    held = {name: terms[name][first] for name in ("post", "person", "agency", "role_group")}
    is_plain = np.logical_and.reduceat(follows, first) if len(first) else np.empty(0, dtype=bool)
    return held | {
        "held_from": terms["starts_on"][first],
        "held_until": terms["ends_on"][last],
        "is_plain": is_plain.astype(np.int64),
    }


def _apart(ids: Sequence[int], book: Rulebook) -> Column:
    """Posts with a duty that asks for something, an exemption or an extension."""
    designations = {int(each.rule.designation) for each in book.rules if each.rule.designation is not None}
    duties = Duty.objects.everywhere(reason=WHY).known_now().filter(among("post_id", ids), designation__in=designations)
    excused = Exemption.objects.everywhere(reason=WHY).known_now().filter(among("post_id", ids))
    extended = Extension.objects.everywhere(reason=WHY).known_now().filter(among("post_id", ids))
    return np.concatenate([read_columns(rows, post="post_id")["post"] for rows in (duties, excused, extended)])


def _special(people: Column, book: Rulebook, attempts: OpenAttempts) -> Column:
    """People with something in the ledger, or under way, that days of completion do not tell."""
    entries = Entry.objects.everywhere(reason=WHY).filter(among("person_id", people))
    register = [source for source, months in book.maximum_ages.items() if months is not None]
    bearing = {link.lender for links in book.links.values() for link in links}
    bearing |= {module for modules in book.refreshers.values() for module in modules}
    found = [
        read_columns(entries.filter(target__isnull=False), person="person_id")["person"],
        read_columns(entries.filter(module__in=bearing), person="person_id")["person"],
        np.array([person for person, _ in attempts], dtype=np.int64),
    ]
    if register:
        outside = entries.filter(method=Method.EQUIVALENCE, source__in=register)
        found.append(read_columns(outside, person="person_id")["person"])
    return np.concatenate(found)


def _asked(posts: Columns, away: Mask, rules: JobRules) -> tuple[Column, Mask]:
    """The number of each post's kind of job (agency and role group), and who is away since its rules are not plain."""
    keys, jobs = np.unique(one_key(posts["agency"], posts["role_group"]), return_inverse=True)
    known = np.array([rules.of(int(key) >> 24, int(key) & 0xFFFFFF) is not None for key in keys], dtype=bool)
    return keys[jobs], away | ~known[jobs]


def _done(people: Column) -> Columns:
    """The days on which these people completed each module: one row a day, in order."""
    entries = Entry.objects.everywhere(reason=WHY).filter(among("person_id", people), kind=Entry.Kind.COMPLETION)
    read = read_columns(entries, person="person_id", module="module_id", day=DayNumber("completed_on"))
    key, day = one_key(read["person"], read["module"]), read["day"]
    order = np.lexsort((day, key))
    key, day = key[order], day[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (key[1:] != key[:-1]) | (day[1:] != day[:-1])
    return {"key": key[fresh], "day": day[fresh]}


def _rows(posts: Columns, jobs: Column, rules: JobRules, done: Columns) -> Iterator[Columns]:
    """The steps of every rule of every kind of job, for all its posts together."""
    by_versions: dict[tuple[RuleVersion, ...], list[tuple[JobRule, Column]]] = {}
    order = np.argsort(jobs, kind="stable")
    keys, first = np.unique(jobs[order], return_index=True)
    for key, places in zip(keys.tolist(), np.split(order, first[1:]), strict=False):
        for rule in rules.of(key >> 24, key & 0xFFFFFF) or ():
            by_versions.setdefault(rule.versions, []).append((rule, places))
    for versions, uses in by_versions.items():
        yield from _of_rule(versions, uses, posts, done)


def _of_rule(
    versions: tuple[RuleVersion, ...], uses: Sequence[tuple[JobRule, Column]], posts: Columns, done: Columns
) -> Iterator[Columns]:
    module, requirement = uses[0][0].module, uses[0][0].requirement
    place = np.concatenate([places for _, places in uses])
    days = [(number(rule.days.first), number(rule.days.last), len(places)) for rule, places in uses]
    sizes = [size for *_, size in days]
    first = np.maximum(np.repeat([each[0] for each in days], sizes), posts["held_from"][place])
    last = np.minimum(np.repeat([each[1] for each in days], sizes), posts["held_until"][place])
    there = first <= last
    place, first, last = place[there], first[there], last[there]
    asked = Asked(posts["held_from"][place], first, last, deadlines(versions, first))
    completions = _of_pairs(one_key(posts["person"][place], np.full_like(place, module)), done)
    for found in steps(versions, asked, completions):
        yield {
            "post": posts["post"][place[found.pair]],
            "module": np.full_like(found.pair, module),
            "from_on": found.from_on,
            "until_on": found.until_on,
            "state": found.state,
            "is_valid": found.is_valid.astype(np.int64),
            "is_required": found.is_required.astype(np.int64),
            "due_on": found.due_on,
            "valid_until": np.where(found.valid_until == BEFORE_ALL, NEVER, found.valid_until),
            "window_opens_on": np.minimum(found.window, NEVER),
            "began_on": first[found.pair],
            "requirement": np.full_like(found.pair, requirement),
        }


def _of_pairs(keys: Column, done: Columns) -> Completions:
    first = np.searchsorted(done["key"], keys, side="left")
    return Completions(done["day"], first, np.searchsorted(done["key"], keys, side="right") - first)
