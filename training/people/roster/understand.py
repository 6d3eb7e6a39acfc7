"""From the text of a row to values: days in ISO form, references as text, codes for words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from .dates import DayColumn, NotADay, order_to_use
from .headers import DAYS
from .lists import Lists
from .read import Sheet
from .wording import EMPLOYMENT_TYPE_OF, NO, STATUS_OF, YES, plain

Key = tuple[str, str]
LONGEST = {
    "employee_ref": 60,
    "assignment_ref": 60,
    "first_name": 120,
    "last_name": 120,
    "preferred_name": 120,
    "post_title": 200,
    "team": 160,
    "site_code": 40,
    "manager_ref": 60,
    "work_email": 254,
}
PLAINLY = ("first_name", "last_name", "preferred_name", "post_title", "team", "site_code", "manager_ref")
SHARED = frozenset({"first_name", "post_title", "team", "site_code", "manager_ref"})
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
MOST_FTE = 2


@dataclass(slots=True)
class Row:
    """One row as understood. `values` has only the fields of the file; `reasons` says why it is refused, else notes."""

    number: int
    key: Key
    """Employee and assignment reference; with the agency, what a post is known by."""
    values: dict[str, Any]
    reasons: list[str] = field(default_factory=list)
    is_refused: bool = False
    repeats: "Row | None" = None
    """An earlier row that says the very same."""

    @property
    def employee_ref(self) -> str:
        """The agency's own reference of the person."""
        return self.key[0]

    @property
    def is_ours(self) -> bool:
        """Whether the row is about this agency: another's code is kept among the values, its own is not."""
        return "agency_code" not in self.values

    def refuse(self, reason: str) -> None:
        """Leave this row out, and say why."""
        self.is_refused = True
        self.reasons.append(reason)


class Said(NamedTuple):
    """What one cell says: values for the row, notes, and why the row cannot be used ('' if it can)."""

    values: dict[str, Any]
    notes: tuple[str, ...] = ()
    refusal: str = ""


def understand(sheet: Sheet, lists: Lists, orders: Mapping[str, str] | None = None) -> list[Row]:
    """Every row of the sheet, refused ones among them; of rows with the same key that differ, none is used.

    `orders` says for columns of days which comes first, where HR has said so.
    """
    reader = _Reader(sheet, lists, orders or {})
    rows = [reader.row(line) for line in sheet.lines()]
    first: dict[Key, Row] = {}
    twins: dict[Key, list[Row]] = {}
    for row in rows:
        if row.employee_ref and row.is_ours and (other := first.setdefault(row.key, row)) is not row:
            twins.setdefault(row.key, [other]).append(row)
    for found in twins.values():
        if all(row.values == found[0].values for row in found):
            _count_once(found)
            continue
        for row in found:
            others = ", ".join(str(twin.number) for twin in found if twin is not row)
            row.refuse(f"the same employee and assignment reference stand in row {others}")
    return rows


def _count_once(same: list[Row]) -> None:
    """Rows that say the very same, as joined extracts have them: the first is used."""
    first, *others = same
    for row in others:
        row.repeats = first
        row.reasons.append(f"says the same as row {first.number}, which is used")


class _Reader:
    """Reads rows of one sheet. What a cell of a special column says is worked out once for each text."""

    def __init__(self, sheet: Sheet, lists: Lists, orders: Mapping[str, str]) -> None:
        self.lists = lists
        at = {name: place for place, name in enumerate(sheet.fields, start=1)}
        self.at_ref, self.at_assignment = at["employee_ref"], at.get("assignment_ref")
        self.days = {
            name: DayColumn(order=order_to_use(sheet.head["days"][name], orders.get(name, "")))
            if name in sheet.head["days"]
            else DayColumn((line[place] for line in sheet.lines()), orders.get(name))
            for name, place in at.items()
            if name in DAYS
        }
        readers: dict[str, Callable[[str], Said]] = {
            "agency_code": self._agency_code,
            "locality_code": self._locality_code,
            "role_group": self._role_group,
            "designations": self._designations,
            "employment_type": _employment_type,
            "is_volunteer": _is_volunteer,
            "status": _status,
            "fte": _fte,
        }
        self.plainly: list[tuple[str, int, int, dict[str, str] | None]] = [
            (name, at[name], LONGEST[name], {} if name in SHARED else None) for name in PLAINLY if name in at
        ]
        self.special: list[tuple[int, Callable[[str], Said]]] = [
            (at[name], _Memo(read).__getitem__) for name, read in readers.items() if name in at
        ]
        if "work_email" in at:  # of which there are as many as rows
            self.special.append((at["work_email"], _work_email))
        self.day_places = [(name, at[name]) for name in DAYS if name in at]
        self.at_full_name = at.get("full_name") if "last_name" not in at else None
        self.spans: dict[tuple[str, ...], Said] = {}

    def row(self, line: list[Any]) -> Row:
        """One row."""
        employee_ref = line[self.at_ref]
        assignment_ref = line[self.at_assignment] if self.at_assignment else ""
        if assignment_ref in ("", employee_ref):
            assignment_ref = employee_ref  # one text of a hundred thousand, not two
        row = Row(line[0], (employee_ref, assignment_ref), {})
        values = row.values
        values["employee_ref"], values["assignment_ref"] = row.key
        if not employee_ref:
            row.refuse("employee_ref is empty")
        for name in ("employee_ref", "assignment_ref"):
            if len(values[name]) > LONGEST[name]:
                row.refuse(f"{name} is longer than {LONGEST[name]} characters")
        for name, place, longest, known in self.plainly:
            text = line[place]
            values[name] = text if known is None else known.setdefault(text, text)
            if len(text) > longest:
                row.refuse(f"{name} is longer than {longest} characters")
        if self.at_full_name:
            values["first_name"], values["last_name"] = parts_of(line[self.at_full_name])
        if not (values["last_name"] or values.get("first_name")):
            self._nameless(row)
        for place, read in self.special:
            self._take(row, read(line[place]))
        self._take(row, self._span(tuple(line[place] for _name, place in self.day_places)))
        if not values.get("role_group") and (
            code := self.lists.job_titles.get(values.get("post_title", "").casefold())
        ):
            values["role_group"] = code
        return row

    @staticmethod
    def _take(row: Row, said: Said) -> None:
        row.values.update(said.values)
        if said.notes:
            row.reasons.extend(said.notes)
        if said.refusal:
            row.refuse(said.refusal)

    def _nameless(self, row: Row) -> None:
        """A police force may keep names back, for covert roles: such a person is known by the reference."""
        if not self.lists.allows_no_names or not row.employee_ref:
            return row.refuse("first_name and last_name are both empty")
        row.values["last_name"] = row.employee_ref
        return row.reasons.append("no name is given, so the reference stands for it")

    def _span(self, texts: tuple[str, ...]) -> Said:
        if texts not in self.spans:
            self.spans[texts] = self._read_span(dict(zip(self.days, texts, strict=True)))
        return self.spans[texts]

    def _read_span(self, texts: dict[str, str]) -> Said:
        values: dict[str, str] = {}
        days = {}
        for name, text in texts.items():
            try:
                days[name] = day = self.days[name].read(text)
            except NotADay as error:
                return Said(values, (), f"{name}: {error}")
            values[name] = day.isoformat() if day else ""
        start, end = days.get("start_date"), days.get("end_date")
        if start is None:
            return Said(values, (), "start_date is empty")
        if end is not None and end < start:
            return Said(values, (), f"end_date {end} is before start_date {start}")
        return Said(values)

    def _agency_code(self, text: str) -> Said:
        if not text or text.casefold() in self.lists.agency_codes:
            return Said({})
        return Said({"agency_code": text}, (), f"agency_code '{text}' is not this agency's")

    def _locality_code(self, text: str) -> Said:
        code = self.lists.localities.get(text.casefold(), "")
        notes = (f"locality_code '{text}' is not known and was left out",) if text and not code else ()
        return Said({"locality_code": code}, notes)

    def _role_group(self, text: str) -> Said:
        code = self.lists.role_groups.get(text.casefold(), "")
        if code or not text:
            return Said({"role_group": code})
        return Said({"role_group": ""}, (), f"role_group '{text}' is not known: use a code from the list, or leave it")

    def _designations(self, text: str) -> Said:
        known: set[str] = set()
        notes = []
        for part in filter(None, (part.strip() for part in re.split(r"[,;|]", text))):
            words = [part] if part.casefold() in self.lists.designations else part.split()
            for word in words:
                if code := self.lists.designations.get(word.casefold()):
                    known.add(code)
                else:
                    notes.append(f"designation '{word}' is not known and was left out")
        return Said({"designations": sorted(known)}, tuple(notes))


class _Memo(dict[str, Said]):
    """What each text of a column says, worked out when it is first met."""

    def __init__(self, read: Callable[[str], Said]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Said:
        said = self[text] = self.read(text)
        return said


def parts_of(name: str) -> tuple[str, str]:
    """First and last name of a name in one column: 'Example, Sam' or 'Sam Example'."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _blank, last = name.rpartition(" ")
    return first.strip(), last.strip()


def _work_email(text: str) -> Said:
    if not text or (ADDRESS.fullmatch(text) and len(text) <= LONGEST["work_email"]):
        return Said({"work_email": text.lower()})
    return Said({}, (f"work_email '{text}' is not an address and was left out",))


def _employment_type(text: str) -> Said:
    return _choice("employment_type", text, EMPLOYMENT_TYPE_OF, "permanent")


def _is_volunteer(text: str) -> Said:
    """Says more than a column of contracts does, where it says yes."""
    if plain(text) in YES:
        return Said({"employment_type": "volunteer"})
    return Said({}, () if plain(text) in NO else (f"volunteer '{text}' is neither yes nor no and was left out",))


def _status(text: str) -> Said:
    return _choice("status", text, STATUS_OF, "active")


def _choice(name: str, text: str, words: dict[str, str], default: str) -> Said:
    choice = words.get(plain(text)) if text else default
    if choice is None:
        return Said({}, (), f"{name} '{text}' is not known: use {', '.join(sorted(set(words.values())))}")
    return Said({name: choice})


def _fte(text: str) -> Said:
    try:
        value = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1) if text else None
    except InvalidOperation:
        return Said({}, (), f"fte '{text}' is not a number")
    if value is not None and not (value.is_finite() and 0 <= value <= MOST_FTE):
        return Said({}, (), f"fte '{text}' does not lie between 0 and {MOST_FTE}")
    return Said({"fte": fte_text(value)})


def fte_text(value: Decimal | None) -> str:
    """A share of full time, to three places, without empty ones: '0.2', '1'; '' for none."""
    if value is None:
        return ""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text or "0"
