"""Counting what authors are told of a course, and keeping it with small numbers already hidden."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q

from courses.editions import outline_of, questions_of, stories_of
from courses.figures import FINISHED, UNDER_WAY, Facts, shown
from courses.models import Answer, Attempt, CourseFigures, CoursePage, StoryRoute
from courses.models.progress import AttemptQuerySet
from courses.selectors import newest_edition
from courses.stories import read_way, walk

from .remarks import heard

REASON = "counts for the authors of a course, small ones hidden"
EVERY = timedelta(days=7)
MORE_PEOPLE = 10
STILL_AT_IT = timedelta(days=30)


def count_courses(*, at: datetime) -> int:
    """Look at every published course a week after the last look; how many were counted anew."""
    fresh = CourseFigures.objects.filter(looked_at__gt=at - EVERY).values("course")
    due = CoursePage.objects.live().filter(editions__isnull=False).exclude(pk__in=fresh).distinct()
    return sum(look_at(course, at=at) for course in due)


def look_at(course: CoursePage, *, at: datetime) -> bool:
    """Count the course if ten more people have begun it since the last count; whether it was."""
    figures, _ = CourseFigures.objects.get_or_create(course=course, defaults={"looked_at": at})
    begun = _newest(course).count()
    figures.looked_at = at
    is_counted = begun >= figures.begun + MORE_PEOPLE
    if is_counted:
        edition = newest_edition(course)
        figures.begun, figures.counted_at = begun, at
        figures.shown = shown(
            facts_of(course, at=at), outline_of(edition), questions_of(edition), stories_of(edition).values()
        )
    figures.save()
    return is_counted


def facts_of(course: CoursePage, *, at: datetime) -> Facts:
    """Everybody's newest run through the course, counted."""
    useful = heard(course).aggregate(all=Count("pk"), some=Count("pk", filter=Q(useful__gte=4)))
    return Facts(_places(course, at=at), _questions(course), _choices(course), (useful["some"], useful["all"]))


def _newest(course: CoursePage) -> AttemptQuerySet:
    """The newest run of each person."""
    all_runs = Attempt.objects.everywhere(reason=REASON)
    newer = all_runs.filter(person=OuterRef("person"), course=OuterRef("course"), pk__gt=OuterRef("pk"))
    return all_runs.filter(~Exists(newer), course=course)


def _places(course: CoursePage, *, at: datetime) -> dict[str, int]:
    runs = _newest(course).annotate(seen_at=Max("visits__opened_at"), done_at=Max("visits__done_at"))
    found: Counter[str] = Counter()
    for state, lesson, *moments in runs.values_list("state", "last_lesson", "started_at", "seen_at", "done_at"):
        last = max(moment for moment in moments if moment is not None)
        if state != Attempt.State.OPEN:
            found[FINISHED] += 1
        else:
            found[UNDER_WAY if at - last < STILL_AT_IT else lesson] += 1
    return dict(found)


def _questions(course: CoursePage) -> dict[str, tuple[int, int]]:
    """Right the first time, and answered: on the way, or in the first try of the final check."""
    answers = Answer.objects.everywhere(reason=REASON).filter(
        attempt__in=_newest(course).values("pk"), final_try__lte=1, was_right_first__isnull=False
    )
    rows = answers.values("question").annotate(all=Count("pk"), right=Count("pk", filter=Q(was_right_first=True)))
    return {row["question"]: (row["right"], row["all"]) for row in rows}


def _choices(course: CoursePage) -> dict[str, Counter[tuple[str, str]]]:
    """Who took which choice: by the keys of step and choice, which editions share."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    routes = StoryRoute.objects.filter(edition__course=course).select_related("edition").defer("edition__content")
    for route in routes:
        story = stories_of(route.edition).get(route.story)
        if story is not None:
            turns = walk(story, read_way(route.way)).turns
            taken = found.setdefault(route.story, Counter())
            taken.update({(turn.step.key, turn.choice.key): route.people for turn in turns})
    return found
