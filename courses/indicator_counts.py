"""What the board is told of courses (training/strategy/told.py asks): what surveys and the directory say, no names.

A statement of a survey is of an indicator by its key, which authors choose: `KEYS`.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from courses.keeping.confidence import Confidence, confidence
from courses.models import CoursePage, LocalService
from training.strategy.told import Asked, Told

KEYS = {
    "ask-victim": "CONF_ASK_VICTIM",
    "ask-perp": "CONF_ASK_PERP",
    "respond": "CONF_RESPOND",
    "share": "CONF_SHARE",
    "children": "CONF_CYP",
}


def indicator_counts(asked: Asked) -> Iterator[Told]:
    """The change in how sure people feel, over courses in which ten or more said so twice; and services checked."""
    found: dict[str, list[Confidence]] = {}
    courses = CoursePage.objects.filter(module__pathway__partnership=asked.partnership, survey_counts__isnull=False)
    for course in courses.distinct().order_by("pk"):
        for key, told in confidence(course, on=asked.on).items():
            if key in KEYS:
                found.setdefault(KEYS[key], []).append(told)
    for code, of_courses in found.items():
        people = sum(each.people for each in of_courses)
        change = sum(each.people * (each.mean_after - each.mean_before) for each in of_courses)
        yield Told(code, sum(each.moved_up for each in of_courses), people, value=change / people)
    services = LocalService.objects.filter(partnership=asked.partnership)
    if whole := services.count():
        complete = services.fresh(asked.on).exclude(opening="").exclude(Q(phone="") & Q(website="")).count()
        yield Told("DIRECTORY_COMPLETE", complete, whole)


def last_change() -> datetime | None:
    """Not known: a survey keeps no moment of anybody's answer, and a service the day of its check alone."""
    return None
