"""Matching the rows of a file with what stands, by (agency, employee, assignment) reference and nothing else.

Pure: no query, no clock. The plan says for every row what it means, in words for the page and in spans for `apply`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from training.people.models.roster import RowKind

from .alarm import NAMES, NOT_MOVED, Alarm, alarm_of, with_lost_zeros, with_names_taken, with_roles_lost
from .lately import Moved
from .spans import Clash, Content, Span, closed, running, wanted_duties, wanted_terms
from .state import PERSON, PLACE, PostState, Standing
from .understand import Key, Row

NOBODY = "A full file must give every row an employee_ref: without it nobody can say who has left."
UNMAPPED = "no role group is known for this job title yet"


EMPTY_POST = Content("", "", "", "", None, None, "permanent", "active", "")  # what a new post is until a row says more
NOTHING: dict[str, Any] = {}  # stands in for the empty ones of a hundred thousand rows; never written to


@dataclass(slots=True)
class PlannedRow:
    """What one row means. `terms` and `duties` are what shall be written; `replaces` what they take the place of."""

    number: int | None
    kind: str
    key: Key
    values: dict[str, Any]
    reasons: list[str]
    changes: dict[str, list[Any]] = field(default_factory=lambda: NOTHING)
    replaces: dict[str, list[int]] = field(default_factory=lambda: NOTHING)
    terms: Sequence[Span] = ()
    duties: Sequence[tuple[str, Span]] = ()
    person: dict[str, str] = field(default_factory=lambda: NOTHING)
    is_unmapped: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to say about it."""
        return self.kind == RowKind.UNCHANGED and not self.reasons

    def fingerprint(self) -> str:
        """All that applying it would do: two plans with the same of every row do the same."""
        terms = [(span.starts_on, span.ends_on, span.content) for span in self.terms]
        duties = [(code, span.starts_on, span.ends_on) for code, span in self.duties]
        return repr((self.kind, self.key, self.changes, self.replaces, terms, duties, self.person))


@dataclass(slots=True)
class Plan:
    """What a file means for a roster. `reasons` refuse the whole file; `alarm` alone can be let through."""

    rows: list[PlannedRow]
    reasons: list[str]
    alarm: Alarm

    @property
    def counts(self) -> dict[str, int]:
        """Rows by kind, and how many rows that were read have no role group."""
        found = Counter(row.kind for row in self.rows)
        unmapped = sum(row.is_unmapped for row in self.rows)
        return {kind.value: found[kind.value] for kind in RowKind} | {"unmapped": unmapped}

    @property
    def digest(self) -> str:
        """A hash of all that applying the plan would do, the order of its rows aside: the sum of the rows' hashes."""
        total = 0
        for row in self.rows:
            if row.kind != RowKind.UNCHANGED:
                total += int.from_bytes(hashlib.sha256(row.fingerprint().encode()).digest())
        return f"{total % 2**256:064x}"

    @property
    def titles(self) -> list[tuple[str, int]]:
        """Job titles without a role group, and how many rows have each; those with most come first."""
        spelt: dict[str, str] = {}
        found: Counter[str] = Counter()
        for row in self.rows:
            if row.is_unmapped and (title := row.values.get("post_title", "")):
                found[spelt.setdefault(title.casefold(), title)] += 1
        return sorted(found.items(), key=lambda it: (-it[1], it[0]))

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to apply."""
        return any(row.kind in (RowKind.NEW, RowKind.CHANGED, RowKind.LEFT) for row in self.rows)


def match(standing: Standing, rows: Sequence[Row], *, as_at: date, is_full: bool, lately: Moved = NOT_MOVED) -> Plan:
    """The plan for these rows: changes hold from `as_at`; only a full file makes leavers of those it leaves out.

    `lately` is what other files have moved in the past week.
    """
    return _Matcher(standing, rows, as_at).plan(is_full, lately)


class _Matcher:
    """One matching: what stands, the accepted rows, and each employee's leading row and main post."""

    def __init__(self, standing: Standing, rows: Sequence[Row], as_at: date) -> None:
        self.standing, self.rows, self.as_at = standing, rows, as_at
        self.contents: dict[Content, Content] = {}
        accepted = [row.key for row in rows if not row.is_refused]
        leading = _main_of(accepted)
        once = (row for row in rows if row.repeats is None)
        self.people = {row.employee_ref: row for row in once if leading.get(row.employee_ref) == row.key}
        managers = {row.values.get("manager_ref") for row in rows}
        holders = standing.role_holders
        self.after = {key: list(post.terms) for key, post in standing.posts.items() if key[0] in holders}
        self.main = _main_of(key for key in chain(standing.posts, accepted) if key[0] in managers)

    def plan(self, is_full: bool, lately: Moved) -> Plan:
        """Every row, then the leavers of a full file. A file that is refused whole makes none."""
        planned = [self._row(row) for row in self.rows]
        if all(row.kind == RowKind.REFUSED for row in planned):
            return Plan(planned, ["No row of the file can be used."], Alarm())
        left = self._leavers() if is_full else []
        if left and any(row.is_ours and not row.employee_ref for row in self.rows):
            return Plan(planned, [NOBODY], Alarm())
        posts = sum(self._runs(post) for post in self.standing.posts.values())
        changing = sum(row.kind == RowKind.CHANGED for row in planned)
        alarm = alarm_of(posts=posts, leaving=len(left), changing=changing, lately=lately)
        alarm = with_roles_lost(alarm, self._roles_lost())
        alarm = with_names_taken(alarm, self._names_taken(planned))
        return Plan([*planned, *left], [], with_lost_zeros(alarm, self._lost_zeros(planned)))

    def _lost_zeros(self, planned: Sequence[PlannedRow]) -> int:
        """How many references are new here and would be known if they began with zeros."""
        known = self.standing.employments
        bare = {ref.lstrip("0") for ref in known if ref.startswith("0")}
        new = {row.key[0] for row in planned if row.kind == RowKind.NEW}
        return sum(ref in bare and ref not in known for ref in new)

    def _roles_lost(self) -> list[str]:
        """The names of those with a role for the agency who would hold a post here for less long than they do."""
        lost = []
        for ref, name in self._holders():
            before = [span for key, post in self.standing.posts.items() if key[0] == ref for span in post.terms]
            after = [span for key, spans in self.after.items() if key[0] == ref for span in spans]
            if _held_until(after, self.as_at) < _held_until(before, self.as_at):
                lost.append(name)
        return lost

    def _holders(self) -> list[tuple[str, str]]:
        """Reference and name of those whose role for the agency is not over."""
        rows = sorted(self.standing.role_holders.items())
        return [(ref, name) for ref, (name, last_day) in rows if last_day is None or last_day >= self.as_at]

    def _names_taken(self, planned: Sequence[PlannedRow]) -> list[str]:
        """The names, as they stand, of those with a role for the agency whom the file calls otherwise."""
        renamed = {row.key[0] for row in planned if NAMES & row.person.keys()}
        return [name for ref, name in self._holders() if ref in renamed]

    def _runs(self, post: PostState) -> bool:
        return any(span.reaches(self.as_at) for span in post.terms)

    def _leavers(self) -> list[PlannedRow]:
        named = {row.key for row in self.rows if row.is_ours}
        gone = [key for key in self.standing.posts if key not in named]
        return [row for key in sorted(gone) if (row := self._left(key)) is not None]

    def _left(self, key: Key) -> PlannedRow | None:
        post = self.standing.posts[key]
        if not self._runs(post):
            return None
        last_day = self.as_at - timedelta(days=1)
        last = post.terms[-1]
        person = self.standing.employments[key[0]].person
        values = {"employee_ref": key[0], "assignment_ref": key[1]} | dict(zip(PERSON[:2], person, strict=False))
        values |= {"post_title": last.content.post_title, "team": last.content.team}  # type: ignore[union-attr]
        row = PlannedRow(None, RowKind.LEFT.value, key, values, [])
        row.changes = {"end_date": [_iso(last.ends_on), last_day.isoformat()]}
        self._stands(row, post, closed(post.terms, last_day))
        _set_duties(row, post, {code: closed(stand, last_day) for code, stand in post.duties.items()})
        return row

    def _row(self, row: Row) -> PlannedRow:
        if row.is_refused:
            return _refused(row, row.reasons)
        if row.repeats is not None:
            return PlannedRow(row.number, RowKind.UNCHANGED.value, row.key, row.values, row.reasons)
        planned = PlannedRow(row.number, RowKind.UNCHANGED.value, row.key, row.values, row.reasons)
        post = self.standing.posts.get(row.key) or PostState(0)
        content = self._content(row, post, planned)
        starts_on, ends_on = date.fromisoformat(row.values["start_date"]), self._end(row, post)
        if _says_what_stands(post, starts_on, ends_on, content, row.values.get("designations")):
            self._person(row, planned)
            if planned.changes:
                planned.kind = RowKind.CHANGED.value
            return planned
        try:
            wanted = wanted_terms(post.terms, Span(starts_on, ends_on, content), self.as_at)
        except Clash as clash:
            return _refused(row, [*row.reasons, str(clash)])
        duties = self._duties(row, post, wanted)
        self._stands(planned, post, wanted)
        _set_duties(planned, post, duties)
        self._person(row, planned)
        if not post.terms:
            planned.kind = RowKind.NEW.value
            return planned
        planned.changes = planned.changes | self._changes(post, wanted, duties)
        if planned.changes or planned.replaces or planned.terms or planned.duties:
            planned.kind = RowKind.CHANGED.value
        return planned

    def _stands(self, row: PlannedRow, post: PostState, wanted: list[Span]) -> None:
        """These terms of the post should stand."""
        _set_terms(row, post, wanted)
        if row.key[0] in self.standing.role_holders:
            self.after[row.key] = wanted

    @staticmethod
    def _end(row: Row, post: PostState) -> date | None:
        """The row's end; without such a column, the end that stands, if the row does not begin after it."""
        if "end_date" in row.values:
            return _day(row.values["end_date"])
        stands = post.terms[-1].ends_on if post.terms else None
        return None if stands is not None and stands.isoformat() < row.values["start_date"] else stands

    def _content(self, row: Row, post: PostState, planned: PlannedRow) -> Content:
        """What the row says the post is; a field without a column stays as it stands."""
        before = post.terms[-1].content if post.terms else None
        stands = before or EMPTY_POST
        values = row.values
        title = values.get("post_title", stands.post_title)
        role_group = values.get("role_group", stands.role_group if title == stands.post_title else "")
        planned.is_unmapped = not role_group
        if not role_group:
            planned.reasons.append(UNMAPPED)
        site = values.get("site_code", stands.site_code)
        site = self.standing.workplace_of.get(site, site)
        content = Content(
            role_group,
            title,
            values.get("team", stands.team),
            site,
            self._locality(values, site, stands),
            self._manager(row, stands, planned),
            values.get("employment_type", stands.employment_type),
            values.get("status", stands.status),
            values.get("fte", stands.fte),
        )
        return before if content == before else self.contents.setdefault(content, content)

    def _locality(self, values: dict[str, Any], site: str, stands: Content) -> int | None:
        """The locality that the row names, else that of its workplace."""
        if code := values.get("locality_code"):
            return self.standing.lists.locality_ids[code]
        at_site = self.standing.workplace_localities.get(site)
        return at_site if at_site is not None or "locality_code" in values else stands.locality_id

    def _manager(self, row: Row, stands: Content, planned: PlannedRow) -> Key | None:
        """The manager's main post, though it stand later in the file; an unknown manager is noted."""
        if "manager_ref" not in row.values:
            return stands.manager
        ref = row.values["manager_ref"]
        if not ref:
            return None
        if ref == row.employee_ref:
            return self._without_manager(planned, "manager_ref is the person's own and was left out")
        if ref not in self.main:
            return self._without_manager(planned, f"manager_ref '{ref}' is not on the roster and was left out")
        return self.main[ref]

    @staticmethod
    def _without_manager(planned: PlannedRow, why: str) -> None:
        planned.reasons.append(why)
        planned.values = planned.values | {"manager_ref": ""}

    def _duties(self, row: Row, post: PostState, after: Sequence[Span]) -> dict[str, list[Span]]:
        said = row.values.get("designations")
        codes = sorted({*post.duties, *(said or [])})
        return {
            code: wanted_duties(
                post.duties.get(code, []),
                is_held=None if said is None or (code in post.given and code not in said) else code in said,
                before=post.terms,
                after=after,
                as_at=self.as_at,
            )
            for code in codes
        }

    def _person(self, row: Row, planned: PlannedRow) -> None:
        """Names and address: an employee's leading row brings them, so that the order of rows does not matter."""
        said = {name: row.values[name] for name in PERSON if name in row.values}
        leader = self.people[row.employee_ref]
        if leader is not row:
            if any(leader.values.get(name) != value for name, value in said.items()):
                planned.reasons.append(f"names and address are taken from row {leader.number}")
            return
        employment = self.standing.employments.get(row.employee_ref)
        if employment is None:
            planned.person = said
            return
        stands = employment.person
        changed = {name: value for name, value in said.items() if stands[PLACE[name]] != value}
        if changed:
            planned.person = changed
            planned.changes = planned.changes | {name: [stands[PLACE[name]], value] for name, value in changed.items()}

    def _changes(
        self, post: PostState, wanted: Sequence[Span], duties: Mapping[str, list[Span]]
    ) -> dict[str, list[Any]]:
        """From and to of everything about the post that the row changes, by field."""
        before, after = self._shown(post.terms, post.duties), self._shown(wanted, duties)
        return {name: [value, after[name]] for name, value in before.items() if value != after[name]}

    def _shown(self, terms: Sequence[Span], duties: Mapping[str, list[Span]]) -> dict[str, Any]:
        last = terms[-1]
        content = last.content or Content("", "", "", "", None, None, "", "", "")
        return {
            "role_group": content.role_group,
            "post_title": content.post_title,
            "team": content.team,
            "site_code": content.site_code,
            "locality_code": self.standing.locality_codes.get(content.locality_id or 0, ""),
            "manager_ref": content.manager[0] if content.manager else "",
            "employment_type": content.employment_type,
            "status": content.status,
            "fte": content.fte,
            "start_date": _iso(running(terms)[0].starts_on),
            "end_date": _iso(last.ends_on),
            "designations": sorted(code for code, spans in duties.items() if spans and spans[-1].reaches(self.as_at)),
        }


def _held_until(spans: Sequence[Span], day: date) -> date:
    """The last day of these, if one of them runs on the day; the day before it, if none does."""
    if not any(span.starts_on <= day and span.reaches(day) for span in spans):
        return day - timedelta(days=1)
    return max(span.ends_on or date.max for span in spans)


def _says_what_stands(
    post: PostState, starts_on: date, ends_on: date | None, content: Content, designations: list[str] | None
) -> bool:
    """The quick way to most rows of most files: one term from its first day to its last, and no duty to think of."""
    if len(post.terms) != 1 or post.duties or designations:
        return False
    (stands,) = post.terms
    return stands.starts_on == starts_on and stands.ends_on == ends_on and stands.content == content


def _refused(row: Row, reasons: list[str]) -> PlannedRow:
    return PlannedRow(row.number, RowKind.REFUSED.value, row.key, row.values, list(reasons))


def _main_of(keys: Iterable[Key]) -> dict[str, Key]:
    """Each employee's main post: the one whose assignment reference is the employee's own, else the first by name."""
    main: dict[str, Key] = {}
    for key in keys:
        ref = key[0]
        if ref not in main or key[1] == ref or (main[ref][1] != ref and key < main[ref]):
            main[ref] = key
    return main


def _set_terms(row: PlannedRow, post: PostState, wanted: list[Span]) -> None:
    stand = set(post.terms)
    row.terms = [span for span in wanted if span not in stand]
    _replace(row, "terms", post.terms, post.term_ids, wanted)


def _set_duties(row: PlannedRow, post: PostState, wanted: dict[str, list[Span]]) -> None:
    for code, spans in wanted.items():
        stand = post.duties.get(code, [])
        if new := [(code, span) for span in spans if span not in stand]:
            row.duties = [*row.duties, *new]
        _replace(row, "duties", stand, post.duty_ids.get(code, []), spans)


def _replace(row: PlannedRow, what: str, stand: Sequence[Span], ids: Sequence[int], wanted: Sequence[Span]) -> None:
    replaced = [pk for span, pk in zip(stand, ids, strict=True) if span not in wanted]
    if replaced:
        row.replaces = row.replaces | {what: [*row.replaces.get(what, []), *replaced]}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
