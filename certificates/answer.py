"""What a certificate is worth on a day: in date, ran out, withdrawn, replaced, for good, or recorded only. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """The answers."""

    IN_DATE = "in_date"
    NO_END = "no_end"
    RAN_OUT = "ran_out"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    RECORDED = "recorded"
    PAUSED = "paused"
    GONE = "no_longer_held"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with the last valid day where there is one."""

    kind: Kind
    last_day: date | None = None

    @property
    def words(self) -> str:
        """As the pages say it."""
        day = f"{self.last_day.day} {self.last_day:%B %Y}" if self.last_day else ""
        return {
            Kind.IN_DATE: f"In date until {day}",
            Kind.NO_END: "In date, with no end date",
            Kind.RAN_OUT: f"Ran out on {day}",
            Kind.WITHDRAWN: "Withdrawn",
            Kind.REPLACED: "Replaced by a later certificate",
            Kind.PAUSED: "Paused by its holder",
            Kind.GONE: "No longer held",
            Kind.RECORDED: "Recorded; by itself it does not make the module in date",
        }[self.kind]


def answer_on(
    on: date,
    *,
    valid_until: date | None,
    is_voided: bool,
    revoked_on: date | None,
    is_replaced: bool = False,
    is_recorded_only: bool = False,
) -> Answer:
    """The answer for a day.

    `valid_until` is the last valid day as promised at issue; a completion that was voided never happened; one that was
    revoked holds until the day before `revoked_on` (core rules 11.12). What is recorded only makes
    nothing in date.
    """
    if is_voided or (revoked_on is not None and revoked_on <= on):
        return Answer(Kind.WITHDRAWN)
    if is_replaced:
        return Answer(Kind.REPLACED)
    if is_recorded_only:
        return Answer(Kind.RECORDED)
    ends = [day for day in (valid_until, revoked_on and revoked_on - timedelta(days=1)) if day]
    if not ends:
        return Answer(Kind.NO_END)
    last = min(ends)
    return Answer(Kind.IN_DATE if on <= last else Kind.RAN_OUT, last)
