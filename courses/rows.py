"""Rows for the parts of a page that the look draws."""

from django.urls import reverse

from courses.selectors import Progress
from training.ui.templatetags.ui import minutes


def task_rows(course: str, progress: Progress) -> list[dict[str, str]]:
    """The parts of a course with how far one has come, for the task list."""
    return [
        {
            "title": f"{lesson.number}. {lesson.title}",
            "url": reverse("lesson", args=[course, lesson.slug]),
            "hint": minutes(lesson.minutes),
            "status": _status(progress, lesson.slug),
        }
        for lesson in progress.outline.lessons
    ]


def _status(progress: Progress, lesson: str) -> str:
    if lesson in progress.done:
        return "Done"
    return "In progress" if lesson in progress.opened else "Not started"
