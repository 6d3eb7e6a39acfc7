"""The data model that a part of a package finds when it opens: what it said last, and what its manifest gives it.

In the shape that scorm-again loads. The part is never told who the learner is: a number of the attempt and 'Learner'.
"""

import json
from typing import Any

from courses.models import ItemState

from .items import H5P, SCORM_12, Item

NAME = "Learner"


def seed_of(kind: str, item: Item, state: ItemState | None, learner: str) -> dict[str, Any]:
    """What the part is opened with."""
    if kind == H5P:
        return {"suspend_data": json.loads(state.cmi).get("suspend_data", "") if state is not None else ""}
    kept = json.loads(state.cmi) if state is not None else {}
    entry = "ab-initio" if state is None else "resume" if state.can_resume else ""
    seconds = state.seconds if state is not None else 0
    return (
        _of_12(item, kept, entry, seconds, learner)
        if kind == SCORM_12
        else _of_2004(item, kept, entry, learner, seconds)
    )


def _of_12(item: Item, kept: dict[str, Any], entry: str, seconds: int, learner: str) -> dict[str, Any]:
    core = {key: value for key, value in _dict(kept, "core").items() if key not in ("session_time", "exit")}
    given = {
        "student_id": learner,
        "student_name": NAME,
        "credit": "credit",
        "lesson_mode": "normal",
        "entry": entry,
        "total_time": f"{seconds // 3600:04}:{seconds // 60 % 60:02}:{seconds % 60:02}",
    }
    student_data = {
        "mastery_score": _figure(item.mastery),
        "max_time_allowed": item.time_allowed,
        "time_limit_action": item.time_action,
    }
    return kept | {"core": core | given, "student_data": student_data, "launch_data": item.launch_data}


def _of_2004(item: Item, kept: dict[str, Any], entry: str, learner: str, seconds: int) -> dict[str, Any]:
    if not entry:  # it was left by a normal exit: what follows is a new attempt at the part (RTE 2.1.1)
        kept, entry, seconds = {}, "ab-initio", 0
    cmi = {key: value for key, value in kept.items() if key not in ("session_time", "exit")}
    cmi |= {
        "learner_id": learner,
        "learner_name": NAME,
        "credit": "credit",
        "mode": "normal",
        "entry": entry,
        "total_time": f"PT{seconds}S",
        "launch_data": item.launch_data,
        "scaled_passing_score": _figure(item.pass_measure),
        "completion_threshold": _figure(item.completion_threshold),
        "max_time_allowed": item.time_allowed,
        "time_limit_action": item.time_action or "continue,no message",
    }
    if not cmi.get("objectives"):
        cmi["objectives"] = [{"id": each} for each in item.objectives]
    return cmi


def _dict(holder: dict[str, Any], name: str) -> dict[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
