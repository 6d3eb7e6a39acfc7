"""From the text of a row to values: days in ISO form, competence text taken apart, references as text. No database."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from training.people.roster.dates import DayColumn, NotADay

from .columns import DAYS
from .competence import key, parse
from .read import Sheet

LONGEST = {"employee_ref": 60, "course_code": 20, "provider": 160, "score": 40, "evidence_ref": 120}
LONGEST_TITLE = 200
NO_DAY = re.compile(
    r"(no (expiry|expiration|renewal)( date)?|never|none|n/?a|non-?expiring|permanent|-+)", re.IGNORECASE
)
NOT_HELD = ("red", "not met", "not achieved", "not compliant", "non compliant", "incomplete", "not started", "required")
NOT_A_DAY_YET = "the file says that this has not been achieved"


@dataclass(slots=True)
class Row:
    """One row as understood. `reasons` says why it is refused, else notes."""

    number: int
    employee_ref: str
    values: dict[str, Any]
    reasons: list[str] = field(default_factory=list)
    is_refused: bool = False
    is_not_held: bool = False

    @property
    def completed_on(self) -> date | None:
        """The day it was done."""
        text = self.values.get("completed_on")
        return date.fromisoformat(text) if text else None

    def refuse(self, reason: str) -> None:
        """Leave this row out, and say why."""
        self.is_refused = True
        self.reasons.append(reason)


def understand(sheet: Sheet, *, agency_codes: frozenset[str], on: date) -> list[Row]:
    """Every row of the sheet, refused ones among them. `agency_codes` are ours, in small letters."""
    reader = _Reader(sheet, agency_codes, on)
    return [reader.row(number, texts) for number, texts in sheet.rows]


class _Reader:
    """Reads rows of one sheet; columns of days are looked at whole first."""

    def __init__(self, sheet: Sheet, agency_codes: frozenset[str], on: date) -> None:
        self.agency_codes, self.on = agency_codes, on
        self.days: dict[str, DayColumn] = {
            name: DayColumn(_plain_day(texts.get(name, "")) for _, texts in sheet.rows)
            for name in DAYS
            if name in sheet.fields
        }

    def row(self, number: int, texts: dict[str, str]) -> Row:
        """One row."""
        row = Row(number, texts.get("employee_ref", ""), {"employee_ref": texts.get("employee_ref", "")})
        if not row.employee_ref:
            row.refuse("employee_ref is empty")
        self._agency(row, texts.get("agency_code", ""), texts.get("vpd", ""))
        for name in LONGEST:
            if text := texts.get(name, ""):
                row.values[name] = text
                if len(text) > LONGEST[name]:
                    row.refuse(f"{name} is longer than {LONGEST[name]} characters")
        self._title(row, texts.get("external_title", ""))
        self._days(row, texts)
        return row

    def _agency(self, row: Row, code: str, vpd: str) -> None:
        """ESR writes the trust's own number (VPD) in each row: it counts against a row only where ours is known."""
        if not code and any(ours.isdecimal() for ours in self.agency_codes):
            code = vpd
        if code and code.casefold() not in self.agency_codes:
            row.values["agency_code"] = code
            row.refuse(f"the row is about another agency: '{code}'")

    def _title(self, row: Row, text: str) -> None:
        if text:
            said = parse(text)
            row.values["external_title"] = said.title[:LONGEST_TITLE]
            if said.provider and "provider" not in row.values:
                row.values["provider"] = said.provider[: LONGEST["provider"]]
            if said.months:
                row.values["period_months"] = said.months
            if said.title != text:
                row.values["competence"] = text[:300]
            if len(said.title) > LONGEST_TITLE:
                row.refuse(f"external_title is longer than {LONGEST_TITLE} characters")
        if not key(row.values.get("external_title", "")) and not row.values.get("course_code"):
            row.refuse("course_code and external_title are both empty")

    def _days(self, row: Row, texts: dict[str, str]) -> None:
        done = self._day(row, texts, "completed_on") or self._day(row, texts, "started_on")
        until = self._day(row, texts, "expires_on")
        status = texts.get("status", "")
        if status:
            row.values["status"] = status[:40]
        if until:
            row.values["expires_on"] = until.isoformat()
        if done is None:
            if row.is_refused:
                return
            if key(status) in NOT_HELD:
                row.is_not_held = True
                row.reasons.append(NOT_A_DAY_YET)
            else:
                row.refuse("completed_on is empty")
            return
        row.values["completed_on"] = done.isoformat()
        if done > self.on:
            row.refuse(f"completed_on {done.isoformat()} is yet to come")
        elif until and until < done:
            row.refuse(f"expires_on {until.isoformat()} is before completed_on {done.isoformat()}")

    def _day(self, row: Row, texts: dict[str, str], name: str) -> date | None:
        text = _plain_day(texts.get(name, ""))
        if not text:
            return None
        try:
            day = self.days[name].read(text)
            if day and self.days[name].is_a_guess(text):
                row.reasons.append(f"{name} '{text}' was read with the day first, as {day.isoformat()}")
            return day
        except NotADay as error:
            row.refuse(f"{name} {error}")
            return None


def _plain_day(text: str) -> str:
    """The text of a day; empty where it says in words that there is none."""
    return "" if NO_DAY.fullmatch(text.strip()) else text
