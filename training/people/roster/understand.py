"""From the text of a row to values: days in ISO form, references as text, codes for words."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from .dates import DayColumn, NotADay
from .lists import Lists
from .read import Sheet
from .wording import EMPLOYMENT_TYPE_OF, STATUS_OF, plain

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
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
MOST_FTE = 2


@dataclass(slots=True)
class Row:
    """One row as understood. `values` has only the fields of the file; `reasons` says why it is refused, else notes."""

    number: int
    employee_ref: str
    assignment_ref: str
    values: dict[str, Any]
    reasons: list[str] = field(default_factory=list)
    is_refused: bool = False

    @property
    def key(self) -> Key:
        """Employee and assignment reference; with the agency, what a post is known by."""
        return (self.employee_ref, self.assignment_ref)

    @property
    def is_ours(self) -> bool:
        """Whether the row is about this agency: another's code is kept among the values, its own is not."""
        return "agency_code" not in self.values

    def refuse(self, reason: str) -> None:
        """Leave this row out, and say why."""
        self.is_refused = True
        self.reasons.append(reason)


def understand(sheet: Sheet, lists: Lists) -> list[Row]:
    """Every row of the sheet, refused ones among them; of rows with the same key, none is used."""
    reader = _Reader(sheet, lists)
    rows = [reader.row(number, texts) for number, texts in sheet.rows]
    same: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.employee_ref and row.is_ours:
            same[row.key].append(row)
    for twins in same.values():
        for row in twins if len(twins) > 1 else ():
            others = ", ".join(str(twin.number) for twin in twins if twin is not row)
            row.refuse(f"the same employee and assignment reference stand in row {others}")
    return rows


class _Reader:
    """Reads rows of one sheet. Each `_field` method puts values into the row, or refuses it."""

    def __init__(self, sheet: Sheet, lists: Lists) -> None:
        self.lists = lists
        self.days = {
            name: DayColumn(texts[name] for _number, texts in sheet.rows)
            for name in ("start_date", "end_date")
            if name in sheet.fields
        }
        plainly = ("first_name", "last_name", "preferred_name", "post_title", "team", "site_code", "manager_ref")
        special: dict[str, Callable[[Row, str], None]] = {
            "agency_code": self._agency_code,
            "work_email": self._work_email,
            "locality_code": self._locality_code,
            "role_group": self._role_group,
            "designations": self._designations,
            "employment_type": self._employment_type,
            "status": self._status,
            "fte": self._fte,
        }
        self.plainly = [name for name in plainly if name in sheet.fields]
        self.special = [(name, special[name]) for name in sheet.fields if name in special]
        self.has_role_group = "role_group" in sheet.fields

    def row(self, number: int, texts: dict[str, str]) -> Row:
        """One row."""
        employee_ref = texts["employee_ref"]
        row = Row(number, employee_ref, texts.get("assignment_ref") or employee_ref, {})
        row.values["employee_ref"], row.values["assignment_ref"] = row.key
        for name in self.plainly:
            row.values[name] = texts[name]
        if not employee_ref:
            row.refuse("employee_ref is empty")
        if not (texts["last_name"] or texts.get("first_name")):
            row.refuse("first_name and last_name are both empty")
        for name, read in self.special:
            read(row, texts[name])
        self._span(row, texts)
        self._lengths(row)
        if not self.has_role_group:
            self._role_group_of_title(row)
        return row

    def _lengths(self, row: Row) -> None:
        for name, value in row.values.items():
            if isinstance(value, str) and len(value) > LONGEST.get(name, 1000):
                row.refuse(f"{name} is longer than {LONGEST[name]} characters")

    def _span(self, row: Row, texts: dict[str, str]) -> None:
        days = {}
        for name, column in self.days.items():
            try:
                days[name] = day = column.read(texts[name])
            except NotADay as error:
                return row.refuse(f"{name}: {error}")
            row.values[name] = day.isoformat() if day else ""
        start, end = days.get("start_date"), days.get("end_date")
        if start is None:
            return row.refuse("start_date is empty")
        if end is not None and end < start:
            return row.refuse(f"end_date {end} is before start_date {start}")
        return None

    def _agency_code(self, row: Row, text: str) -> None:
        if text and text.casefold() not in self.lists.agency_codes:
            row.values["agency_code"] = text
            row.refuse(f"agency_code '{text}' is not this agency's")

    def _work_email(self, row: Row, text: str) -> None:
        if not text or ADDRESS.fullmatch(text):
            row.values["work_email"] = text.lower()
        else:
            row.reasons.append(f"work_email '{text}' is not an address and was left out")

    def _locality_code(self, row: Row, text: str) -> None:
        row.values["locality_code"] = code = self.lists.localities.get(text.casefold(), "")
        if text and not code:
            row.reasons.append(f"locality_code '{text}' is not known and was left out")

    def _role_group(self, row: Row, text: str) -> None:
        if not text:
            row.values["role_group"] = ""
            return self._role_group_of_title(row)
        row.values["role_group"] = code = self.lists.role_groups.get(text.casefold(), "")
        return None if code else row.refuse(f"role_group '{text}' is not known: use a code from the list, or leave it")

    def _role_group_of_title(self, row: Row) -> None:
        """A job title that HR has mapped, or that is a role group's own title, gives the role group."""
        if code := self.lists.job_titles.get(row.values.get("post_title", "").casefold()):
            row.values["role_group"] = code

    def _designations(self, row: Row, text: str) -> None:
        known: set[str] = set()
        for part in filter(None, (part.strip() for part in re.split(r"[,;|]", text))):
            words = [part] if part.casefold() in self.lists.designations else part.split()
            for word in words:
                if code := self.lists.designations.get(word.casefold()):
                    known.add(code)
                else:
                    row.reasons.append(f"designation '{word}' is not known and was left out")
        row.values["designations"] = sorted(known)

    def _employment_type(self, row: Row, text: str) -> None:
        self._choice(row, "employment_type", text, EMPLOYMENT_TYPE_OF, "permanent")

    def _status(self, row: Row, text: str) -> None:
        self._choice(row, "status", text, STATUS_OF, "active")

    @staticmethod
    def _choice(row: Row, name: str, text: str, words: dict[str, str], default: str) -> None:
        choice = words.get(plain(text)) if text else default
        if choice is None:
            row.refuse(f"{name} '{text}' is not known: use {', '.join(sorted(set(words.values())))}")
        else:
            row.values[name] = choice

    @staticmethod
    def _fte(row: Row, text: str) -> None:
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            return row.refuse(f"fte '{text}' is not a number")
        if value is not None and not (value.is_finite() and 0 <= value <= MOST_FTE):
            return row.refuse(f"fte '{text}' does not lie between 0 and {MOST_FTE}")
        row.values["fte"] = fte_text(value)
        return None


def fte_text(value: Decimal | None) -> str:
    """A share of full time, to three places, without empty ones: '0.2', '1'; '' for none."""
    if value is None:
        return ""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text or "0"
