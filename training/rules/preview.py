"""What a change of a rule would do, before it is saved: worked out by the pure rule on the rulebook as it would be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from training.access.access import Access
from training.access.permissions import Permission
from training.ledger.history import History
from training.ledger.selectors.histories import histories_under
from training.ledger.selectors.table import WITHHELD
from training.ledger.standing import Standing, prepare, standing_of
from training.pathways.models import Requirement
from training.pathways.reach import posts_concerned
from training.pathways.rulebook import Rulebook, read_rulebook
from training.pathways.rules import Rule, RuleVersion
from training.people.models import Post, Term
from training.strategy.disclosure import Key, Sum
from training.strategy.suppress import Audience, Count, rounded, suppress

from .would_be import NEW, about_module, cut, with_rule

WHY = "what a change of a rule would do"
MOST_NAMES = 200
NOT_SHOWN = "not shown"
GROUP, CHANGE = "group", "change"
NEWLY, NO_LONGER = "Newly asked", "No longer asked"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose post it is. `place` is theirs in the list by last name, in which protected people come last."""

    person: int
    agency: int
    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One post before and after: on the day of the change (or today if that has passed), and today."""

    holder: Holder
    was: Standing | None
    will: Standing | None
    was_today: Standing | None
    will_today: Standing | None


@dataclass(frozen=True, slots=True)
class Line:
    """One of one's own staff, by name, with a date before and after where dates are what changes."""

    name: str
    was_on: date | None = None
    will_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The people to whom the same would happen. `count` is None where it would give away few elsewhere."""

    title: str
    count: int | None
    lines: tuple[Line, ...]
    left_off: int = 0

    @property
    def heading(self) -> str:
        """What opens the list of names."""
        return f"{self.title}: names in your agency"

    @property
    def figure(self) -> str:
        """The count as it may be shown."""
        return _words(self.count)


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a change would do: to whom, on the day it begins, and which standings would be others today."""

    on: date
    groups: tuple[Group, ...]
    states: tuple[tuple[str, str, str], ...]

    @property
    def does_nothing(self) -> bool:
        """Whether nobody would notice."""
        return all(group.count == 0 for group in self.groups) and not self.states


def preview_change(requirement: Requirement, new: RuleVersion, *, access: Access, on: date) -> Preview:
    """What it would do if the rule said `new` from its first day on."""
    return _preview(requirement, new.starts_on, new, access, on)


def preview_end(requirement: Requirement, last_on: date, *, access: Access, on: date) -> Preview:
    """What it would do if the rule asked nothing after a day."""
    return _preview(requirement, date.fromordinal(last_on.toordinal() + 1), None, access, on)


def _preview(requirement: Requirement, day: date, new: RuleVersion | None, access: Access, on: date) -> Preview:
    now = about_module(read_rulebook(), requirement.module_id)
    after = with_rule(now, requirement.module.pathway.partnership_id, _would_be(requirement, now, day, new))
    posts = _held(posts_concerned(requirement), on)
    effects = _effects(posts, now, after, on=max(day, on), today=on)
    found = sorted(effects, key=lambda each: each.holder.place)
    own = frozenset(access.agencies(Permission.SEE_STAFF))
    groups, changes = _by_group(found), _by_change(found)
    counts = _counts(groups, changes, own)
    shown = [_group(title, those, own, counts[GROUP, title, ""]) for title, those in groups.items()]
    states = [(*change, _words(counts[CHANGE, *change])) for change in changes]
    return Preview(max(day, on), tuple(shown), tuple(states))


def _would_be(requirement: Requirement, book: Rulebook, day: date, new: RuleVersion | None) -> Rule:
    name = requirement.pk or NEW
    standing_rule = next((each.rule for each in book.rules if each.rule.requirement == name), None)
    versions = cut(standing_rule.versions, day) if standing_rule else ()
    if new is not None:
        versions = (*versions, replace(new, requirement=name))
    return Rule(
        requirement=name,
        module=requirement.module_id,
        versions=versions,
        role_group=requirement.role_group_id,
        designation=requirement.designation_id,
        agency=requirement.agency_id,
        agency_kind=requirement.agency_kind or None,
    )


def _held(posts: list[int], on: date) -> dict[int, Holder]:
    """Those of the posts that are held on this day or later, with their holders."""
    running = Term.objects.everywhere(reason=WHY).known_now().not_ended_on(on).filter(post__in=posts)
    person = "employment__person__"
    names = ("pk", "employment__person", "employment__agency", f"{person}is_protected")
    rows = Post.objects.everywhere(reason=WHY).filter(pk__in=running.values("post"))
    rows = rows.order_by(f"{person}is_protected", f"{person}last_name", f"{person}first_name", "pk")
    called = rows.values_list(*names, f"{person}preferred_name", f"{person}first_name", f"{person}last_name")
    return {
        pk: Holder(who, agency, WITHHELD if is_protected else f"{preferred or first} {last}".strip(), place)
        for place, (pk, who, agency, is_protected, preferred, first, last) in enumerate(called)
    }


def _effects(posts: dict[int, Holder], now: Rulebook, after: Rulebook, *, on: date, today: date) -> Iterator[Effect]:
    for post, under in histories_under(posts, (now, after)):
        old, new = (next(iter(found.values()), None) for found in under)
        if old != new:
            was, will = _on_days(old, on, today), _on_days(new, on, today)
            yield Effect(posts[post], was[0], will[0], was[1], will[1])


def _on_days(history: History | None, on: date, today: date) -> tuple[Standing | None, Standing | None]:
    """How the post stands on the day of the change, and today."""
    if history is None:
        return None, None
    prepared = prepare(history)
    then = standing_of(prepared, on)
    return then, then if on == today else standing_of(prepared, today)


def _by_group(found: list[Effect]) -> dict[str, list[Effect]]:
    both = [each for each in found if _asked(each.was) and _asked(each.will)]
    return {
        NEWLY: [each for each in found if not _asked(each.was) and _asked(each.will)],
        NO_LONGER: [each for each in found if _asked(each.was) and not _asked(each.will)],
        "Due sooner": [each for each in both if _due(each.will) < _due(each.was)],
        "Due later": [each for each in both if _due(each.will) > _due(each.was)],
    }


def _by_change(found: list[Effect]) -> dict[tuple[str, str], list[Effect]]:
    """Posts whose standing would be another today, by what it is and what it would be."""
    changes: dict[tuple[str, str], list[Effect]] = {}
    for each in found:
        change = (_state(each.was_today), _state(each.will_today))
        if change[0] != change[1]:
            changes.setdefault(change, []).append(each)
    return dict(sorted(changes.items()))


def _asked(standing: Standing | None) -> bool:
    return standing is not None and standing.is_required


def _due(standing: Standing | None) -> date:
    return (standing.due_on if standing else None) or date.max


def _counts(
    groups: dict[str, list[Effect]], changes: dict[tuple[str, str], list[Effect]], own: frozenset[int]
) -> dict[Key, int | None]:
    """Every number of the preview as it may be shown: one's own exactly, elsewhere to the nearest five or not at all.

    People newly asked are those whose standing begins, in several ways: what one hides the others must not give away.
    """
    cells = {(GROUP, title, ""): those for title, those in groups.items()}
    cells |= {(CHANGE, *change): those for change, those in changes.items()}
    whose = {key: {(each.holder.person, each.holder.agency) for each in those} for key, those in cells.items()}
    elsewhere: dict[Key, Count | None] = {
        key: Count(len({person for person, agency in people if agency not in own})) for key, people in whose.items()
    }
    sums = [
        Sum((GROUP, NEWLY, ""), tuple((CHANGE, *change) for change in changes if not change[0])),
        Sum((GROUP, NO_LONGER, ""), tuple((CHANGE, *change) for change in changes if not change[1])),
    ]
    figures = suppress(elsewhere, Audience.PARTNERSHIP, [each for each in sums if each.parts])
    found: dict[Key, int | None] = {}
    for key, people in whose.items():
        others = figures[key].numerator
        mine = len({person for person, agency in people if agency in own})
        found[key] = None if others is None else mine + rounded(others, Audience.PUBLIC)
    return found


def _group(title: str, found: list[Effect], own: frozenset[int], count: int | None) -> Group:
    lines = [_line(each) for each in found if each.holder.agency in own]
    return Group(title, count, tuple(lines[:MOST_NAMES]), max(0, len(lines) - MOST_NAMES))


def _line(effect: Effect) -> Line:
    return Line(
        effect.holder.name,
        effect.was.due_on if effect.was and effect.was.is_required else None,
        effect.will.due_on if effect.will and effect.will.is_required else None,
    )


def _words(count: int | None) -> str:
    return NOT_SHOWN if count is None else f"{count:,}"


def _state(standing: Standing | None) -> str:
    return standing.state.value if standing else ""
