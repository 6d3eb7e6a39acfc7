"""A course's first page, its beginning and its end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses import selectors
from courses.editions import outline_of, tomorrow_of
from courses.forms import RemarkForm
from courses.models import Attempt
from courses.rows import task_rows
from courses.services.final import NotFinished, finish_attempt
from courses.services.progress import NotPublished, look_again, start_attempt
from training.access.gates import Request, requires
from training.access.permissions import Permission

from .player import acts_on_course


@require_GET
@requires(Permission.LEARN)
def course(request: Request, course: str) -> HttpResponse:
    """What the course covers, how to stay safe, and the parts with how far one has come."""
    attempt = selectors.attempt_at(request.access, course)
    page = selectors.published_course(course)
    progress = selectors.progress_of(attempt) if attempt is not None else None
    if progress is not None:
        outline = progress.outline
    elif page is not None:
        outline = outline_of(selectors.newest_edition(page))
    else:
        raise Http404
    news = selectors.news_for(attempt.person) if attempt is not None and not attempt.is_open else ()
    context = {
        "course": course,
        "outline": outline,
        "attempt": attempt,
        "news": next((each for each in news if each.course_slug == course), None),
        "progress": progress,
        "tasks": task_rows(course, progress) if progress is not None else [],
        "completion": selectors.completion_of(attempt) if attempt is not None and not attempt.is_open else None,
        "can_begin": page is not None and page.is_online and (attempt is None or not attempt.is_open),
    }
    return render(request, "courses/course.html", context)


@requires(Permission.LEARN)
@acts_on_course
def course_start(request: Request, course: str) -> HttpResponse:
    """Begin, or go on where one left."""
    page = selectors.published_course(course)
    if page is None:
        raise Http404
    me = selectors.myself(request.access)
    try:
        attempt = start_attempt(me, page, at=timezone.now())
    except NotPublished as error:
        messages.info(request, str(error))
        return redirect("course", course=course)
    lesson, anchor = selectors.resume_at(attempt, selectors.progress_of(attempt))
    return redirect(reverse("lesson", args=[course, lesson]) + anchor)


@requires(Permission.LEARN)
@acts_on_course
def course_finish(request: Request, course: str) -> HttpResponse:
    """The last button: it may be pressed twice."""
    attempt = own_attempt(request, course)
    try:
        finish_attempt(attempt, outline_of(attempt.edition), by=request.access.actor, at=timezone.now())
    except NotFinished as error:
        messages.info(request, str(error))
        return redirect("course", course=course)
    return redirect("course-done", course=course)


@require_GET
@requires(Permission.LEARN)
def course_done(request: Request, course: str) -> HttpResponse:
    """It is done: the certificate, and what comes tomorrow."""
    attempt = own_attempt(request, course)
    if attempt.is_open:
        return redirect("course", course=course)
    tomorrow = tomorrow_of(attempt.edition)
    options = tomorrow.options if tomorrow else []
    context = {
        "course": course,
        "outline": outline_of(attempt.edition),
        "attempt": attempt,
        "form": RemarkForm(),
        "completion": selectors.completion_of(attempt),
        "tomorrow": [option.text for option in options if option.key in attempt.tomorrow],
    }
    return render(request, "courses/course_done.html", context)


@requires(Permission.LEARN)
@acts_on_course
def course_looked(request: Request, course: str) -> HttpResponse:
    """What is new has been seen: the learner's page no longer asks."""
    attempt = own_attempt(request, course)
    page = selectors.published_course(course)
    if page is not None:
        look_again(attempt.person, course, number=selectors.newest_edition(page).number)
    return redirect("learning")


def own_attempt(request: Request, course: str) -> Attempt:
    """One's own attempt of this course; without one there is no such page."""
    attempt = selectors.attempt_at(request.access, course)
    if attempt is None:
        raise Http404
    return attempt
