"""Standings for the questions of a file of facts, by the same rules as those from the tables. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from training.access.clock import london_date
from training.ledger.assemble import Known, PostRows, histories_of
from training.ledger.expiry import Fact
from training.ledger.facts_file import NUMBERS, BadFacts, Row
from training.ledger.history import Duty, Exemption, Extension, History, Term, Trigger
from training.ledger.standing import Prepared, Standing, prepare, standing_of
from training.pathways.rulebook import Link, PartnershipRule, Rulebook
from training.pathways.rules import Basis, Kind, Rule, RuleVersion, problems
from training.pathways.spans import FOR_GOOD, Span, joined, span

PARTNERSHIP = 0
ALWAYS: tuple[Span, ...] = (Span(date.min, FOR_GOOD),)
HOME = "home"
"""The agency of a post that names none."""

NAMES = {
    "requirement": "requirement",
    "post": "post",
    "completion": "completion",
    "equivalence": "equivalence",
    "person": "post",
}
"""Which kind of line has to bring what a line names: a person comes with a post."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with the standing of its day; None where nothing is asked of the post then or later."""

    question: Row
    standing: Standing | None


class Facts:
    """A file of facts, ready to be asked. Names of posts, people, agencies and modules become numbers, as in tables."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            self.rows.setdefault(row.line, []).append(row)
        self._numbers: dict[str, int] = {}
        if faults := [*self._unknown(), *self._twice(), *self._refused()]:
            raise BadFacts(sorted(faults, key=lambda fault: int(fault.split()[1].rstrip(":"))))

    def answers(self) -> Iterator[Answer]:
        """The questions in their order, each with its standing."""
        return (answer for answer, _ in self.answers_with_histories())

    def answers_with_histories(self) -> Iterator[tuple[Answer, History | None]]:
        """The same, each with what the standing was worked out from."""
        known: dict[datetime | None, dict[tuple[str, int], Prepared]] = {}
        for question in self.of("question"):
            at = question["known_at"]
            if at not in known:
                known[at] = dict(self._prepared(at))
            prepared = known[at].get((question["post"], self.number(question["module"])))
            if prepared is None:
                yield Answer(question, None), None
            else:
                yield Answer(question, standing_of(prepared, question["on"])), prepared.history

    def of(self, line: str, at: datetime | None = None) -> list[Row]:
        """The lines of one kind, as known at a moment or now."""
        return [row for row in self.rows.get(line, ()) if row.is_known(at)]

    def number(self, name: str) -> int:
        """The number that stands for a name, the same each time."""
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def _prepared(self, at: datetime | None) -> Iterator[tuple[tuple[str, int], Prepared]]:
        book, known = _Reading(self, at).read()
        for row, post in self._posts(at):
            for module, history in histories_of(post, book, known):
                yield (row["post"], module), prepare(history)

    def _posts(self, at: datetime | None) -> Iterator[tuple[Row, PostRows]]:
        terms = by(self.of("term", at), lambda row: row["post"])
        duties = by(self.of("duty", at), lambda row: row["post"])
        for row in self.of("post"):
            agency, kind = self.number(row["agency"] or HOME), row["agency_kind"] or ""
            held = tuple(
                Term(
                    starts_on=it["starts_on"],
                    ends_on=it["ends_on"],
                    role_group=it["role_group"],
                    agency=agency,
                    agency_kind=kind,
                    is_on_leave=bool(it["on_leave"]),
                )
                for it in sorted(terms.get(row["post"], ()), key=lambda it: it["starts_on"])
            )
            duty = tuple(
                Duty(designation=it["designation"], starts_on=it["starts_on"], ends_on=it["ends_on"])
                for it in duties.get(row["post"], ())
            )
            person = self.number(f"person {row['person']}")
            yield row, PostRows(self.number(f"post {row['post']}"), person, agency, kind, held, duty)

    def _unknown(self) -> Iterator[str]:
        """Lines that name what no line has brought."""
        brought = {(line, row[name]) for name, line in NAMES.items() for row in self.of(line)}
        for rows in self.rows.values():
            for row in rows:
                for name, line in NAMES.items():
                    said = row.said.get(name)
                    if said is not None and (line, said) not in brought:
                        yield f"Line {row.number}: there is no {name} '{said}'."
        modules = {row["module"] for line in ("module", "requirement") for row in self.of(line)}
        for row in self.of("question"):
            if row["module"] not in modules:
                yield f"Line {row.number}: no requirement asks for the module '{row['module']}'."

    def _twice(self) -> Iterator[str]:
        """Lines that bring what another has brought."""
        for line in ("module", "equivalence", "requirement", "post", "completion"):
            seen: set[str] = set()
            for row in self.of(line):
                if row[line] in seen:
                    yield f"Line {row.number}: there is already a {line} '{row[line]}'."
                seen.add(row[line])

    def _refused(self) -> Iterator[str]:
        """Versions of a requirement that the editor would refuse."""
        for row in self.rows.get("version", ()):
            for problem in problems(version_of(row, 0, ())):
                yield f"Line {row.number}: {problem}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a file says as known at a moment."""

    file: Facts
    at: datetime | None

    def read(self) -> tuple[Rulebook, Known]:
        """The rules, and what was agreed and done."""
        return self._book(), Known(
            done=self._done(),
            exemptions=self._of_posts("exemption", Exemption, "starts_on", "ends_on"),
            extensions=self._of_posts("extension", Extension, "granted_on", "due_on"),
            triggers=self._events(),
            attempts={
                (self._person(row), self.file.number(row["module"])): (row["starts_on"], row["ends_on"])
                for row in self._of("attempt")
            },
        )

    def _of(self, line: str) -> list[Row]:
        return self.file.of(line, self.at)

    def _person(self, row: Row) -> int:
        return self.file.number(f"person {row['person']}")

    def _book(self) -> Rulebook:
        refreshers: dict[int, tuple[int, ...]] = {}
        for row in self._of("module"):
            if row["refreshes"]:
                refreshed = self.file.number(row["refreshes"])
                refreshers[refreshed] = (*refreshers.get(refreshed, ()), self.file.number(row["module"]))
        ages = {f"equivalence:{row['equivalence']}": row["maximum_age_months"] for row in self._of("equivalence")}
        rules = tuple(PartnershipRule(PARTNERSHIP, rule) for rule in self._rules(refreshers))
        return Rulebook(rules, self._members(), self._links(), ages, refreshers)

    def _rules(self, refreshers: dict[int, tuple[int, ...]]) -> Iterator[Rule]:
        versions = by(self._of("version"), lambda row: row["requirement"])
        for row in self._of("requirement"):
            module = self.file.number(row["module"])
            found = [version_of(it, module, refreshers.get(module, ())) for it in versions.get(row["requirement"], ())]
            if found:
                yield Rule(
                    requirement=row["requirement"],
                    module=module,
                    versions=tuple(sorted(found, key=lambda version: version.starts_on)),
                    role_group=row["role_group"],
                    designation=row["designation"],
                    agency=row["agency"] and self.file.number(row["agency"]),
                    agency_kind=row["agency_kind"],
                )

    def _members(self) -> dict[int, dict[int, tuple[Span, ...]]]:
        """The days on which each agency was in the partnership: always, where no line says."""
        agencies = {row["agency"] or HOME for row in self._of("post")}
        found = {self.file.number(agency): {PARTNERSHIP: ALWAYS} for agency in sorted(agencies)}
        for agency, rows in by(self._of("member"), lambda row: row["agency"]).items():
            days = joined(span(row["starts_on"], row["ends_on"]) for row in rows)
            found[self.file.number(agency)] = {PARTNERSHIP: days}
        return found

    def _links(self) -> dict[int, tuple[Link, ...]]:
        found: dict[int, tuple[Link, ...]] = {}
        for row in sorted(self._of("satisfies"), key=lambda row: row["starts_on"]):
            lender, borrower = self.file.number(row["lender"]), self.file.number(row["borrower"])
            link = Link(lender, borrower, row["months"], span(row["starts_on"], row["ends_on"]))
            found[borrower] = (*found.get(borrower, ()), link)
        return found

    def _done(self) -> dict[int, dict[int, tuple[Fact, ...]]]:
        void = {row["completion"] for row in self._of("void")}
        revoked: dict[str, date] = {}
        for row in self._of("revocation"):
            revoked[row["completion"]] = min(row["effective_on"], revoked.get(row["completion"], date.max))
        ages = {row["equivalence"]: row["maximum_age_months"] for row in self._of("equivalence")}
        minutes = {row["module"]: row["minutes"] or 0 for row in self._of("module")}
        found: dict[int, dict[int, tuple[Fact, ...]]] = {}
        for row in self._of("completion"):
            if row["completion"] in void:
                continue
            fact = Fact(
                uid=row["completion"],
                module=self.file.number(row["module"]),
                completed_on=row["completed_on"] or london_date(row["completed_at"]),
                revoked_on=revoked.get(row["completion"]),
                maximum_age_months=ages.get(row["equivalence"]),
                minutes=minutes.get(row["module"], 0) if row["minutes"] is None else row["minutes"],
            )
            modules = found.setdefault(self._person(row), {})
            modules[int(fact.module)] = (*modules.get(int(fact.module), ()), fact)
        return found

    def _of_posts(self, line: str, made: Callable[..., Any], *names: str) -> dict[tuple[int, int], tuple[Any, ...]]:
        found: dict[tuple[int, int], tuple[Any, ...]] = {}
        for row in self._of(line):
            key = (self.file.number(f"post {row['post']}"), self.file.number(row["module"]))
            found[key] = (*found.get(key, ()), made(**{name: row[name] for name in names}))
        return found

    def _events(self) -> dict[int | None, tuple[Trigger, ...]]:
        found: dict[int | None, tuple[Trigger, ...]] = {}
        names = ("requirement", "happened_on", "days_to_complete")
        for row in self._of("trigger"):
            post = row["post"] and self.file.number(f"post {row['post']}")
            found[post] = (*found.get(post, ()), Trigger(**{name: row[name] for name in names}))
        return found


def version_of(row: Row, module: int, refreshers: tuple[int, ...]) -> RuleVersion:
    """A line of the kind 'version' as the rules want it."""
    version = RuleVersion(
        requirement=row["requirement"],
        module=module,
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        kind=Kind(row["kind"]),
        basis=Basis(row["basis"] or Basis.FROM_COMPLETION),
        refreshers=refreshers,
    )
    return replace(version, **{name: row[name] for name in NUMBERS if row[name] is not None})


def by(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """The rows by what a key says, each group in its order."""
    return {said: list(group) for said, group in groupby(sorted(rows, key=key), key=key)}


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as the line that is printed for it; days as 2026-03-01."""
    asked = {name: answer.question[name] for name in ("question", "post", "module", "on", "known_at")}
    return {name: _plain(value) for name, value in asked.items()} | {"standing": _standing(answer.standing)}


def _standing(found: Standing | None) -> dict[str, Any] | None:
    if found is None:
        return None
    names = ("state", "is_valid", "is_required", "due_on", "valid_until", "window_opens_on", "began_on")
    return {name: _plain(getattr(found, name)) for name in names} | {"reasons": list(found.reasons)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
