"""The table of worked cases in docs/features/renewal.md, read strictly and turned into the lines of a file of facts.

Each cell has a grammar of a few phrases; whatever does not follow it stops the tests.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import takewhile
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "features" / "renewal.md"
HEADER = ["No", "Point", "Case", "Facts", "Rule", "Days asked about", "Answers"]
MODULE, REFRESHER, LENDER, REGISTER, HOLDER = "B1", "B2", "D0", "register", "holder"
ZONES = {"GMT": UTC, "BST": timezone(timedelta(hours=1))}
DAY = r"(\d{1,2} [A-Z][a-z]{2} \d{4})"
RUN = rf"(?:from )?{DAY}(?: to {DAY})?"
USUAL = {"window_days": 60, "induction_days": 56}


class Malformed(AssertionError):
    """A cell that does not follow the grammar."""


@dataclass(frozen=True)
class Case:
    """One row of the table, as written."""

    number: int
    points: tuple[int, ...]
    title: str
    facts: str
    rule: str
    days: str
    answers: str


@dataclass
class Said:
    """What the cells of a row have come to so far."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    leave: list[tuple[date, date | None]] = field(default_factory=list)
    number: int = 0

    def add(self, line: str, **said: Any) -> None:
        self.lines.append({"line": line} | {name: plain(value) for name, value in said.items() if value is not None})


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def day(text: str) -> date:
    return datetime.strptime(text, "%d %b %Y").date()


def run(first: str, last: str | None) -> dict[str, date | None]:
    return {"starts_on": day(first), "ends_on": last and day(last)}


def recorded(text: str) -> datetime:
    """What is recorded on a day is recorded at noon."""
    return datetime.combine(day(text), datetime.min.time(), UTC) + timedelta(hours=12)


def cases() -> list[Case]:
    """Every row of the table, in the page's order."""
    lines = PAGE.read_text().splitlines()
    start = lines.index(f"| {' | '.join(HEADER)} |") + 2
    return [_case(line) for line in takewhile(lambda line: line.startswith("|"), lines[start:])]


def _case(line: str) -> Case:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if len(cells) != len(HEADER):
        raise Malformed(f"{len(cells)} cells in {cells}")
    points = () if cells[1] == "-" else tuple(int(point) for point in cells[1].split(","))
    return Case(int(cells[0]), points, *cells[2:])


# Facts


def lines_of(case: Case) -> list[dict[str, Any]]:
    """The row as lines: facts, rules and a question for each day."""
    said = Said()
    for phrase in case.facts.split("; "):
        _phrase(FACTS, phrase, said)
    _posts(said)
    _rules(case.rule, said)
    for number, phrase in enumerate(case.days.split("; "), start=1):
        asked = _whole(rf"{DAY}(?: as known on {DAY})?", phrase)
        on = day(asked[1])
        known_at = asked[2] and recorded(asked[2])
        said.add("question", question=str(number), post=_post_on(said, on), module=MODULE, on=on, known_at=known_at)
    return said.lines


def written(case: Case) -> list[str]:
    """The same as text."""
    return [json.dumps(line) for line in lines_of(case)]


def _whole(pattern: str, phrase: str) -> re.Match[str]:
    found = re.fullmatch(pattern, phrase)
    if found is None:
        raise Malformed(f"cannot read {phrase!r}")
    return found


def _phrase(grammar: dict[str, Any], phrase: str, *more: Any) -> None:
    for pattern, made in grammar.items():
        if found := re.fullmatch(pattern, phrase):
            made(found, *more)
            return
    raise Malformed(f"cannot read {phrase!r}")


def _term(found: re.Match[str], said: Said) -> None:
    said.terms.append(run(found[1], found[2]) | {"role_group": found[3], "agency": found[4]})


def _leave(found: re.Match[str], said: Said) -> None:
    said.leave.append((day(found[1]), found[2] and day(found[2])))


def _done(found: re.Match[str], said: Said) -> None:
    said.number += 1
    name = f"completion {said.number}"
    which = found["which"] or ""
    when: dict[str, Any] = {}
    if found["at"]:
        when["completed_at"] = datetime.strptime(f"{found['on']} {found['at']}", "%d %b %Y %H:%M").replace(
            tzinfo=ZONES[found["zone"]]
        )
    else:
        when["completed_on"] = day(found["on"])
    said.add(
        "completion",
        completion=name,
        person=HOLDER,
        module={"refresher ": REFRESHER, "D0 ": LENDER}.get(which, MODULE),
        equivalence=REGISTER if which == "outside course " else None,
        minutes=found["hours"] and int(found["hours"]) * 60,
        recorded_at=found["recorded"] and recorded(found["recorded"]),
        **when,
    )
    if found["revoked"]:
        said.add("revocation", completion=name, effective_on=day(found["revoked"]))
    if found["void"]:
        said.add("void", completion=name, recorded_at=found["voided"] and recorded(found["voided"]))


def _exempt(found: re.Match[str], said: Said) -> None:
    said.add("exemption", post="post 1", module=MODULE, **run(found[1], found[2]))


def _extended(found: re.Match[str], said: Said) -> None:
    said.add("extension", post="post 1", module=MODULE, granted_on=day(found[1]), due_on=day(found[2]))


def _attempt(found: re.Match[str], said: Said) -> None:
    said.add("attempt", person=HOLDER, module=MODULE, **run(found[1], found[2]))


def _duty(found: re.Match[str], said: Said) -> None:
    said.add("duty", post="post 1", designation=found[1], **run(found[2], found[3]))


def _event(found: re.Match[str], said: Said) -> None:
    said.add("trigger", requirement="rule 1", happened_on=day(found[1]), days_to_complete=int(found[2]))


def _joins(found: re.Match[str], said: Said) -> None:
    said.add("member", agency=found[1], starts_on=day(found[2]))


FACTS = {
    rf"post {RUN}(?: as (\w+))?(?: at (\w+))?": _term,
    rf"leave {RUN}": _leave,
    r"(?P<which>refresher |D0 |outside course )?done (?:at (?P<at>\d\d:\d\d) (?P<zone>GMT|BST) on )?"
    r"(?P<on>\d{1,2} [A-Z][a-z]{2} \d{4})(?: for (?P<hours>\d+) hours)?"
    r"(?:, recorded on (?P<recorded>\d{1,2} [A-Z][a-z]{2} \d{4}))?"
    r"(?:, revoked from (?P<revoked>\d{1,2} [A-Z][a-z]{2} \d{4}))?"
    r"(?P<void>, void(?: recorded on (?P<voided>\d{1,2} [A-Z][a-z]{2} \d{4}))?)?": _done,
    rf"exempt {RUN}": _exempt,
    rf"extended on {DAY} to {DAY}": _extended,
    rf"attempt {RUN}": _attempt,
    rf"duty (\w+) {RUN}": _duty,
    rf"event on {DAY}, (\d+) days": _event,
    rf"(\w+) joins on {DAY}": _joins,
}


def _posts(said: Said) -> None:
    """A post for each agency, with its terms cut where leave begins and ends."""
    terms = said.terms or [{"starts_on": date(2024, 1, 1), "ends_on": None, "role_group": None, "agency": None}]
    said.terms = terms
    agencies = list(dict.fromkeys(term["agency"] for term in terms))
    for number, agency in enumerate(agencies, start=1):
        said.add("post", post=f"post {number}", person=HOLDER, agency=agency)
        for term in terms:
            if term["agency"] == agency:
                _term_lines(said, f"post {number}", term)


def _term_lines(said: Said, post: str, term: dict[str, Any]) -> None:
    first, last, group = term["starts_on"], term["ends_on"], term["role_group"]
    for away, back in sorted(said.leave):
        if away > first:
            said.add("term", post=post, starts_on=first, ends_on=away - timedelta(days=1), role_group=group)
        said.add("term", post=post, starts_on=away, ends_on=back, role_group=group, on_leave=True)
        if back is None:
            return
        first = back + timedelta(days=1)
    said.add("term", post=post, starts_on=first, ends_on=last, role_group=group)


def _post_on(said: Said, on: date) -> str:
    """The post held on the day, or else the first."""
    agencies = list(dict.fromkeys(term["agency"] for term in said.terms))
    for term in said.terms:
        if term["starts_on"] <= on and (term["ends_on"] is None or on <= term["ends_on"]):
            return f"post {agencies.index(term['agency']) + 1}"
    return "post 1"


# Rules


def _rules(cell: str, said: Said) -> None:
    said.add("module", module=MODULE)
    said.add("module", module=REFRESHER, refreshes=MODULE)
    said.add("module", module=LENDER)
    ages: list[int] = []
    number = 0
    for phrase in cell.split("; "):
        if found := re.fullmatch(r"outside courses up to (\d+) months old", phrase):
            ages.append(int(found[1]))
        elif found := re.fullmatch(r"D0 lends (?:(\d+) months|for good)", phrase):
            months = found[1] and int(found[1])
            said.add("satisfies", lender=LENDER, borrower=MODULE, months=months, starts_on=date(2015, 1, 1))
        elif phrase.startswith("then "):
            _version(phrase.removeprefix("then "), f"rule {number}", said)
        else:
            if number and not phrase.startswith("also "):
                raise Malformed(f"cannot read {phrase!r}")
            number += 1
            _version(phrase.removeprefix("also ") if number > 1 else phrase, f"rule {number}", said)
    said.add("equivalence", equivalence=REGISTER, maximum_age_months=ages[0] if ages else None)


def _version(phrase: str, name: str, said: Said) -> None:
    version: dict[str, Any] = {"starts_on": date(2015, 1, 1)} | USUAL
    audience: dict[str, str] = {}
    how, *rest = re.split(r", (?!at least)", phrase)
    _phrase(HOW, how, version)
    for each in rest:
        _phrase(WITH, each, version, audience)
    if not any(line["line"] == "requirement" and line["requirement"] == name for line in said.lines):
        said.add("requirement", requirement=name, module=MODULE, **audience)
    said.add("version", requirement=name, **version)


MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]


def _fixed(found: re.Match[str], version: dict[str, Any]) -> None:
    version.update(kind="expiring", basis="fixed_date", fixed_day=int(found[1]))
    version.update(fixed_month=MONTHS.index(found[2]) + 1, minimum_life_months=int(found[3]))


def _lasting(basis: str) -> Any:
    return lambda found, version: version.update(kind="expiring", basis=basis, validity_months=int(found[1]))


HOW = {
    r"(\d+) months? from finishing": _lasting("from_completion"),
    r"(\d+) months? from the old end": _lasting("from_old_end"),
    r"every (\d+) ([A-Z][a-z]+), at least (\d+) months?": _fixed,
    r"once": lambda found, version: version.update(kind="once"),
    r"(\d+) days in (\d+) months": lambda found, version: version.update(
        kind="attendance", attendance_count=int(found[1]), attendance_months=int(found[2])
    ),
    r"(\d+) hours in (\d+) months": lambda found, version: version.update(
        kind="rolling_hours", rolling_hours=int(found[1]), rolling_months=int(found[2])
    ),
    r"at each event": lambda found, version: version.update(kind="triggered"),
}
WITH = {
    r"window (\d+) days": lambda found, version, audience: version.update(window_days=int(found[1])),
    r"window (\d+) months?": lambda found, version, audience: version.update(
        window_days=0, window_months=int(found[1])
    ),
    r"no window": lambda found, version, audience: version.update(window_days=0),
    r"induction (\d+) days": lambda found, version, audience: version.update(induction_days=int(found[1])),
    r"grace (\d+) days": lambda found, version, audience: version.update(grace_days=int(found[1])),
    rf"from {DAY}": lambda found, version, audience: version.update(starts_on=day(found[1])),
    rf"until {DAY}": lambda found, version, audience: version.update(ends_on=day(found[1])),
    r"for duty (\w+)": lambda found, version, audience: audience.update(designation=found[1]),
    r"for (\w+)": lambda found, version, audience: audience.update(role_group=found[1]),
    r"at (\w+)": lambda found, version, audience: audience.update(agency=found[1]),
}


# Answers

STATES = ("not yet required", "not started", "in progress", "in date", "due soon", "overdue", "exempt", "paused")
CLAIMS = {
    rf"due {DAY}": lambda found: {"due_on": day(found[1]).isoformat()},
    r"never due": lambda found: {"due_on": None},
    rf"valid until {DAY}": lambda found: {"valid_until": day(found[1]).isoformat()},
    r"valid for good": lambda found: {"valid_until": None, "is_valid": True},
    r"not valid": lambda found: {"is_valid": False},
    rf"window from {DAY}": lambda found: {"window_opens_on": day(found[1]).isoformat()},
    rf"began {DAY}": lambda found: {"began_on": day(found[1]).isoformat()},
    r"because of rule (\d)": lambda found: {"reasons": [f"rule {found[1]}"]},
    r"because of rules (\d) and (\d)": lambda found: {"reasons": [f"rule {found[1]}", f"rule {found[2]}"]},
}


def refusal_of(case: Case) -> str | None:
    """What the editor says to a rule that cannot be saved."""
    return case.answers.removeprefix("refused: ") if case.answers.startswith("refused: ") else None


def answers_of(case: Case) -> list[dict[str, Any] | None]:
    """What each answer claims; None for 'nothing asked'."""
    return [_answer(phrase) for phrase in case.answers.split("; ")]


def _answer(phrase: str) -> dict[str, Any] | None:
    if phrase == "nothing asked":
        return None
    state, *claims = phrase.split(", ")
    if state not in STATES:
        raise Malformed(f"there is no standing {state!r}")
    claimed: dict[str, Any] = {"state": state.replace(" ", "_")}
    if state == "in date":
        claimed["is_valid"] = True
    for claim in claims:
        _phrase(
            {pattern: lambda found, make=make: claimed.update(make(found)) for pattern, make in CLAIMS.items()}, claim
        )
    return claimed
