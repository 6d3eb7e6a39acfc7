"""What a part of a package says of itself, read from its data model. Nothing in there is trusted to be of any shape."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Any

from .items import AS_BOTH, AS_PASSED, SCORM_12, Item

STATUSES_12 = {"", "not attempted", "browsed", "incomplete", "completed", "passed", "failed"}
LONGEST_SESSION = 24 * 60 * 60
TIMESPAN = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.\d+)?")
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` in SCORM 1.2's words, for prerequisites and the contents. `score` runs from 0 to 1, if there is one."""

    status: str
    is_completed: bool
    is_passed: bool
    is_failed: bool
    score: float | None
    seconds: int
    is_suspended: bool

    def is_done(self, counts_when: str) -> bool:
        """Whether that is enough, as the package's author has said."""
        if counts_when == AS_PASSED:
            return self.is_passed
        if counts_when == AS_BOTH:
            return self.is_passed and self.is_completed
        return (self.is_completed or self.is_passed) and not self.is_failed


def read_outcome(kind: str, item: Item, cmi: dict[str, Any], *, is_over: bool = False) -> Outcome:
    """What a part says, at its end or before. A mark that the manifest asks for decides over its word on passing."""
    if not item.is_sco:
        return Outcome("completed", True, True, False, None, 0, False)
    ends = is_over and item.ends_completed
    return _of_12(item, _under(cmi, "core"), ends) if kind == SCORM_12 else _of_2004(item, cmi, ends)


def _of_12(item: Item, core: dict[str, Any], ends_completed: bool) -> Outcome:
    said = _text(core, "lesson_status")
    if said not in STATUSES_12:
        said = "incomplete"
    if ends_completed and said in ("", "not attempted"):
        said = "completed"
    score = _under(core, "score")
    raw, most = _number(score, "raw"), _number(score, "max")
    passed, failed = said == "passed", said == "failed"
    if item.mastery is not None and raw is not None and said in ("passed", "failed", "completed"):
        passed, failed = raw >= item.mastery, raw < item.mastery
    return Outcome(
        status="passed" if passed else "failed" if failed else said or "not attempted",
        is_completed=said in ("passed", "failed", "completed"),
        is_passed=passed,
        is_failed=failed,
        score=None if raw is None else max(0.0, min(1.0, raw / (most if most and most > 0 else 100))),
        seconds=_timespan(_text(core, "session_time")),
        is_suspended=_text(core, "exit") == "suspend",
    )


def _of_2004(item: Item, cmi: dict[str, Any], ends_completed: bool) -> Outcome:
    progress, scaled = _number(cmi, "progress_measure", least=0), _number(_under(cmi, "score"), "scaled", least=-1)
    said, is_suspended = _text(cmi, "completion_status"), _text(cmi, "exit") == "suspend"
    completed = said == "completed" or (ends_completed and said in ("", "unknown") and not is_suspended)
    if item.completion_threshold is not None and progress is not None:
        completed = progress >= item.completion_threshold
    success = _text(cmi, "success_status")
    passed, failed = success == "passed", success == "failed"
    if item.pass_measure is not None and scaled is not None:
        passed, failed = scaled >= item.pass_measure, scaled < item.pass_measure
    started = "incomplete" if cmi else "not attempted"
    return Outcome(
        status="passed" if passed else "failed" if failed else "completed" if completed else started,
        is_completed=completed,
        is_passed=passed,
        is_failed=failed,
        score=None if scaled is None else max(0.0, min(1.0, scaled)),
        seconds=_duration(_text(cmi, "session_time")),
        is_suspended=is_suspended,
    )


def _under(holder: dict[str, Any], name: str) -> dict[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _text(holder: dict[str, Any], name: str) -> str:
    found = holder.get(name)
    return found if isinstance(found, str) else ""


def _number(holder: dict[str, Any], name: str, least: float | None = None) -> float | None:
    """A number; with `least`, one from there to 1."""
    found = holder.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    if least is not None and not least <= number <= 1:
        return None
    return number if isfinite(number) else None


def _timespan(text: str) -> int:
    found = TIMESPAN.fullmatch(text)
    return _capped(*map(int, found.groups())) if found else 0


def _duration(text: str) -> int:
    found = DURATION.fullmatch(text)
    if found is None:
        return 0
    days, hours, minutes, seconds = (int(part[:6]) if part else 0 for part in found.groups())
    return _capped(days * 24 + hours, minutes, seconds)


def _capped(hours: int, minutes: int, seconds: int) -> int:
    return min(hours * 3600 + minutes * 60 + seconds, LONGEST_SESSION)
