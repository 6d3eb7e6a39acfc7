"""The final check: begin, one question a page, and what each answer tells."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from courses import cards, selectors
from courses.content.schema import FinalCheck
from courses.draw import needed
from courses.editions import final_of
from courses.forms import BeginForm, answer_form
from courses.models import Attempt
from courses.outline import LessonOutline
from courses.selectors import FinalStanding, Progress
from courses.services.final import answer_final, begin_try, lessons_unopened, rests_until
from courses.services.progress import open_lesson
from training.access.gates import Request, requires
from training.access.permissions import Permission

from .drawing import ANSWERED_ELSEWHERE, read_again
from .player import for_player, is_of, not_of
from .signed_out import survives_signing_out


def final_page(request: Request, attempt: Attempt, progress: Progress, here: LessonOutline) -> HttpResponse:
    """What the check is like, and the way in; called by the lesson's view."""
    check = final_of(attempt.edition, here.slug)
    if request.method == "POST":
        after = BeginForm(request.POST).last_seen
        begin_try(attempt, at=timezone.now(), after=after, rest=progress.outline.rest)
        return _onward(attempt, here, selectors.final_standing(attempt, check))
    open_lesson(attempt, here.slug, at=timezone.now())
    standing = selectors.final_standing(attempt, check)
    if attempt.is_open and standing is not None and standing.row.is_passed:  # one button is left, and it is there
        return _onward(attempt, here, standing)
    context = {
        "course": attempt.course.slug,
        "outline": progress.outline,
        "lesson": here,
        "back": progress.outline.before(here),
        "check": check,
        "needed": needed(check.ask, progress.outline.pass_mark),
        "standing": standing,
        "attempt": attempt,
        "rests_until": rests_until(standing.row if standing else None, progress.outline.rest, at=timezone.now()),
    }
    return render(request, "courses/final.html", context)


def _onward(attempt: Attempt, here: LessonOutline, standing: FinalStanding | None) -> HttpResponse:
    """The first question without an answer, else what the answers tell, else the way in."""
    address = {"course": attempt.course.slug, "lesson": here.slug}
    if standing is None:
        return redirect("lesson", **address)
    if standing.row.marked_at is not None or standing.first_unanswered is None:
        return redirect("final-answers", **address)
    return redirect("final-question", **address, number=standing.first_unanswered)


def _final(request: Request, course: str, lesson: str) -> tuple[Attempt, Progress, LessonOutline, FinalCheck]:
    attempt = selectors.attempt_at(request.access, course)
    if attempt is None:
        raise Http404
    progress = selectors.progress_of(attempt)
    here = progress.outline.lesson(lesson)
    if here is None or not here.is_final:
        raise Http404
    return attempt, progress, here, final_of(attempt.edition, here.slug)


@require_http_methods(["GET", "POST"])
@for_player
@survives_signing_out
@requires(Permission.LEARN)
def final_question(request: Request, course: str, lesson: str, number: int) -> HttpResponse:
    """One question of the open try; each answer is kept at once."""
    attempt, progress, here, check = _final(request, course, lesson)
    if not is_of(request, attempt):
        return not_of(request, reverse("lesson", args=[course, here.slug]))
    standing = selectors.final_standing(attempt, check)
    if standing is None or standing.row.marked_at is not None:
        return _onward(attempt, here, standing)
    if not 1 <= number <= len(standing.asked):
        raise Http404
    if request.method == "POST" and request.POST.get("try", str(standing.row.number)) != str(standing.row.number):
        return _onward(attempt, here, standing)  # from a page of an earlier try, whose questions were others
    question = standing.asked[number - 1]
    form = answer_form(question, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        stands = answer_final(
            attempt,
            standing.row,
            check,
            question,
            form.answer,
            lesson=here.slug,
            pass_mark=progress.outline.pass_mark,
            at=timezone.now(),
            seen=form.seen_before,
        )
        if not stands:
            messages.info(request, ANSWERED_ELSEWHERE)
            return redirect("final-question", course=course, lesson=here.slug, number=number)
        return _onward(attempt, here, selectors.final_standing(attempt, check))
    context = {
        "course": course,
        "outline": progress.outline,
        "attempt": attempt,
        "lesson": here,
        "number": number,
        "asked": len(standing.asked),
        "answered": len(standing.chosen),
        "try": standing.row.number,
        "card": cards.question_card(
            question,
            chosen=standing.chosen.get(question.key),
            given=form.given if form.is_bound else None,
            times=standing.times.get(question.key, 0),
            error=form.error,
        ),
        "errors": [{"text": form.error, "href": f"#check-1-{form.first_wrong}"}] if form.error else [],
    }
    return render(request, "courses/final_question.html", context)


@require_GET
@requires(Permission.LEARN)
def final_answers(request: Request, course: str, lesson: str) -> HttpResponse:
    """What the answers of the last try tell, and which parts to read again."""
    attempt, progress, here, check = _final(request, course, lesson)
    standing = selectors.final_standing(attempt, check)
    if standing is None or standing.row.marked_at is None:
        return _onward(attempt, here, standing)
    answers = selectors.answers_of(attempt, final_try=standing.row.number)
    questions = [
        cards.question_card(
            asked,
            number=number,
            chosen=answers[asked.key].chosen,
            is_correct=answers[asked.key].is_correct,
            is_open=False,
            read_again=read_again(progress.outline, course, asked.read_again),
        )
        for number, asked in enumerate(standing.asked, start=1)
    ]
    unopened = lessons_unopened(attempt, progress.outline) if attempt.is_open else []
    context = {
        "course": course,
        "outline": progress.outline,
        "lesson": here,
        "attempt": attempt,
        "check": check,
        "standing": standing,
        "needed": needed(len(standing.asked), progress.outline.pass_mark),
        "questions": questions,
        "read_again": list(dict.fromkeys(q.read_again for q in questions if q.read_again and not q.is_correct)),
        "rests_until": rests_until(standing.row, progress.outline.rest, at=timezone.now()),
        "unopened": [read_again(progress.outline, course, slug) for slug in unopened],
    }
    return render(request, "courses/final_answers.html", context)
