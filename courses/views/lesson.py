"""One part of a course: read, answer, go on."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses import selectors
from courses.editions import pieces_of
from courses.forms import AnswerForm, TomorrowForm, answer_form
from courses.models import Attempt
from courses.outline import LessonOutline
from courses.packages.views.learner import package_page
from courses.pieces import Piece, knowledge_checks, place_of, places_of, scenarios, tomorrow
from courses.selectors import Progress
from courses.services.progress import answer_question, choose_tomorrow, finish_lesson, open_lesson, remember_place
from courses.services.remarks import end_story
from courses.stories import read_way, walk
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

from .drawing import ANSWERED_ELSEWHERE, Drawing
from .final import final_page
from .player import for_player, is_of, not_of
from .signed_out import survives_signing_out


@require_http_methods(["GET", "POST"])
@for_player
@survives_signing_out
@requires(Permission.LEARN)
def lesson(request: Request, course: str, lesson: str) -> HttpResponse:
    """A lesson, or the final check where the lesson holds it."""
    attempt = selectors.attempt_at(request.access, course)
    if attempt is None:
        return to_the_start(course)
    progress = selectors.progress_of(attempt)
    here = progress.outline.lesson(lesson)
    if here is None:
        raise Http404
    if not is_of(request, attempt):
        return not_of(request, request.path)
    if here.is_final:
        return final_page(request, attempt, progress, here)
    if here.package:
        return package_page(request, attempt, progress, here)
    pieces = pieces_of(attempt.edition, here.slug, text_only=attempt.is_text_only)
    if request.method == "POST":
        return _act(request, attempt, progress, here, pieces)
    open_lesson(attempt, here.slug, at=timezone.now())
    if request.GET:
        _count_story(request, attempt, pieces)
    return _page(request, attempt, progress, here, pieces)


def _count_story(request: Request, attempt: Attempt, pieces: tuple[Piece, ...]) -> None:
    """A story that this address tells to its end."""
    number = request.GET.get("story", "")
    told = {str(place): story for place, story in enumerate(scenarios(pieces), start=1)}
    if number in told:
        walked = walk(told[number], read_way(request.GET.get("way", "")))
        if walked.is_over:
            end_story(attempt, told[number].key, "-".join(map(str, walked.way)))


def to_the_start(course: str) -> HttpResponse:
    """A lesson's address, before one has begun: the course's first page, if there is such a course."""
    if selectors.published_course(course) is None:
        raise Http404
    return redirect("course", course=course)


def _act(
    request: Request, attempt: Attempt, progress: Progress, here: LessonOutline, pieces: tuple[Piece, ...]
) -> HttpResponse:
    """What a button of the page asks for: kept first, then shown."""
    course, now = attempt.course.slug, timezone.now()
    address = reverse("lesson", args=[course, here.slug])
    checks = knowledge_checks(pieces)
    listed = tomorrow(pieces)
    wish = request.POST.get("do")
    if wish == "answer" and (check := checks.get(request.POST.get("check", ""))):
        form = answer_form(check, request.POST)
        if not form.is_valid():
            return _page(request, attempt, progress, here, pieces, refused={check.key: form})
        place = place_of(check.key, pieces)
        if not answer_question(attempt, check, form.answer, at=now, place=place, seen=form.seen_before):
            messages.info(request, ANSWERED_ELSEWHERE)
        return redirect(f"{address}#{place}")
    if wish == "tomorrow" and listed is not None:
        chosen = TomorrowForm(listed, request.POST)
        if chosen.is_valid():
            choose_tomorrow(attempt, chosen.cleaned_data["chosen"], place="tomorrow", at=now)
        return redirect(f"{address}#tomorrow")
    if wish == "place":
        if (place := request.POST.get("place", "")) in places_of(pieces):
            remember_place(attempt, here.slug, place)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if wish == "continue":
        finish_lesson(attempt, here.slug, at=now)
        onward = progress.outline.after(here)
        return redirect("lesson", course=course, lesson=onward.slug) if onward else redirect("course", course=course)
    return redirect(address)


def _page(
    request: Request,
    attempt: Attempt,
    progress: Progress,
    here: LessonOutline,
    pieces: tuple[Piece, ...],
    refused: dict[str, AnswerForm] | None = None,
) -> HttpResponse:
    drawing = Drawing(
        attempt, here.slug, progress.outline, selectors.answers_of(attempt), request.GET, refused or {}, today()
    )
    context = {
        "attempt": attempt,
        "course": attempt.course.slug,
        "outline": progress.outline,
        "lesson": here,
        "back": progress.outline.before(here),
        "onward": progress.outline.after(here),
        "minutes_left": progress.minutes_left,
        "done": len(progress.done),
        "pieces": [drawing.drawn(piece) for piece in pieces],
        "errors": [
            {"text": form.error, "href": f"#{place_of(key, pieces)}-{form.first_wrong}"}
            for key, form in drawing.refused.items()
        ],
    }
    return render(request, "courses/lesson.html", context)
