"""The facts behind a figure, by name, for those who look after the agency's staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from training.access.access import Access
from training.access.clock import london_date
from training.access.permissions import Permission
from training.ledger.models import Entry
from training.ledger.selectors.histories import histories
from training.ledger.selectors.table import WITHHELD
from training.pathways.models import Exemption, Extension, Requirement
from training.people.models import Agency, Duty, Employment, Post, Term

from .figures import Figure
from .lines import Line, lines_as_known


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what it is, its days, when it became known, and its number in the ledger if it stands there."""

    what: str
    starts_on: date
    ends_on: date | None
    known_at: datetime | None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Figured:
    """One post and module of a figure, with what its standing was worked out from, in order of days.

    `reasons` say whom the rules ask: role groups and duties.
    """

    line: Line
    name: str
    reasons: tuple[str, ...]
    facts: tuple[FactLine, ...]


def facts_behind(
    access: Access,
    agency: Agency,
    figure: Figure,
    *,
    on: date,
    known_at: datetime,
    today: date,
    page: int = 1,
    per_page: int = 50,
) -> tuple[Figured, ...]:
    """What a figure as at a day, as known at a moment, is made of, a page at a time; nothing for who may not see it.

    Of completions, those up to the day that still concern the agency `today`: nothing of what leavers do elsewhere.
    """
    if not access.may(Permission.SEE_STAFF, agency_id=agency.pk):
        return ()
    lines = lines_as_known(agency, on=on, known_at=known_at)
    mine = [(key, line) for key, line in sorted(lines.items()) if figure.takes(line)]
    shown = mine[(max(page, 1) - 1) * per_page :][:per_page]
    posts = sorted({post for (post, _), _ in shown})
    names, of_post = _names(agency, posts), _of_posts(agency, posts, known_at)
    entries = _entries(agency, posts, on=on, known_at=known_at, today=today)
    asked = Requirement.objects.select_related("role_group", "designation").in_bulk(
        {reason for _, line in shown for reason in line.reasons}
    )
    found = []
    for (post, module), line in shown:
        facts = [*of_post.get((post, 0), ()), *of_post.get((post, module), ()), *entries.get((post, module), ())]
        facts.sort(key=lambda fact: (fact.starts_on, fact.what, fact.entry or 0))
        reasons = tuple(asked[reason].audience for reason in line.reasons)
        found.append(Figured(line, names[post], reasons, tuple(facts)))
    return tuple(found)


def _names(agency: Agency, posts: Sequence[int]) -> dict[int, str]:
    rows = Post.objects.within(agency).filter(pk__in=posts).select_related("employment__person")
    return {
        post.pk: WITHHELD if post.employment.person.is_protected else post.employment.named_by.name for post in rows
    }


def _of_posts(agency: Agency, posts: Sequence[int], known_at: datetime) -> dict[tuple[int, int], list[FactLine]]:
    """What was known of the posts, by post and module; what is about every module stands under 0."""
    found: dict[tuple[int, int], list[FactLine]] = {}

    def add(row: Any, what: str, starts_on: date, ends_on: date | None, module: int = 0) -> None:
        found.setdefault((row.post_id, module), []).append(FactLine(what, starts_on, ends_on, row.recorded_at))

    for term in _known(Term, agency, posts, known_at).select_related("role_group"):
        job = term.role_group.title if term.role_group else "not yet mapped to a role"
        add(term, f"On leave; role: {job}" if term.is_on_leave else f"Held the post; role: {job}", *_run(term))
    for duty in _known(Duty, agency, posts, known_at).select_related("designation"):
        add(duty, f"Duty: {duty.designation.title}", *_run(duty))
    for exemption in _known(Exemption, agency, posts, known_at):
        add(exemption, "Exempt", *_run(exemption), exemption.module_id)
    for extension in _known(Extension, agency, posts, known_at):
        granted_on = london_date(extension.recorded_at)
        add(extension, f"Due date moved to {extension.due_on:%d %B %Y}", granted_on, None, extension.module_id)
    return found


def _known(table: Any, agency: Agency, posts: Sequence[int], known_at: datetime) -> Any:
    return table.objects.within(agency).known_at(known_at).filter(post__in=posts).order_by("pk")


def _run(row: Any) -> tuple[date, date | None]:
    return row.starts_on, row.ends_on


def _entries(
    agency: Agency, posts: Sequence[int], *, on: date, known_at: datetime, today: date
) -> dict[tuple[int, int], list[FactLine]]:
    """The completions that bear on each post and module, with what became of them, as the ledger numbers them."""
    known = {(each.post, each.module): each.history for each in histories(posts, known_at=known_at, attempts={})}
    uids = {int(fact.uid) for history in known.values() for fact in history.facts}
    rows = Entry.objects.within(agency, on=today).filter(Q(pk__in=uids) | Q(target__in=uids))
    rows = rows.filter(Q(completed_on__lte=on) | Q(effective_on__lte=on), recorded_at__lte=known_at)
    told = _may_be_told(agency, posts, today)
    by_completion: dict[int, list[tuple[int, FactLine]]] = {}
    for entry in rows.order_by("pk"):
        what = f"{entry.get_kind_display()}: {entry.module_code}"
        day = entry.completed_on or entry.effective_on or on
        line = FactLine(what, day, None, entry.recorded_at, entry.number)
        by_completion.setdefault(entry.target_id or entry.pk, []).append((entry.person_id, line))
    return {
        (post, module): [
            line
            for uid in dict.fromkeys(fact.uid for fact in history.facts)
            for person, line in by_completion.get(int(uid), ())
            if (records := told[post]) is None or person in records
        ]
        for (post, module), history in known.items()
    }


def _may_be_told(agency: Agency, posts: Sequence[int], today: date) -> dict[int, frozenset[int] | None]:
    """By post, the records under which its holder's completions may be told: None, for any, of one who works here.

    Of those who left, the records that are known here alone.
    """
    holders = dict(Post.objects.within(agency).filter(pk__in=posts).values_list("pk", "employment__person_id"))
    running = Term.objects.within(agency).known_now().not_ended_on(today)
    staff = running.filter(post__employment__person__in=holders.values())
    working = set(staff.values_list("post__employment__person_id", flat=True))
    known = {person: {person} for person in holders.values()}
    merged = Employment.objects.within(agency).filter(person__in=known, entered_as__isnull=False)
    for person, record in merged.values_list("person_id", "entered_as_id"):
        known[person].add(record)
    return {post: None if person in working else frozenset(known[person]) for post, person in holders.items()}
