"""A learner's own notes, where they are written and where they are kept; the survey; what was chosen for tomorrow."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.content.base import Part
from courses.content.keeping import Reflection, Survey
from courses.editions import outline_of, pieces_of
from courses.models import Attempt
from courses.selectors import attempt_at, myself
from courses.views.player import for_player, is_of, not_of
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ui.templatetags.ui import uk_date

from . import cards, notes, survey, tomorrow

OF_ANOTHER = "The page that you sent was opened by somebody else, or before you began anew. Nothing of it was kept."
MEANWHILE = "You wrote here in another window meanwhile. What you have just typed is below: save it to replace that."


def _asked(request: Request, course: str, lesson: str, kind: type[Part], **wanted: str) -> tuple[Attempt, Part, int]:
    """One's own run, and the part of this kind that is meant, with its number on the page."""
    attempt = attempt_at(request.access, course)
    if attempt is None:
        raise Http404
    for piece in pieces_of(attempt.edition, lesson):
        part = piece.part
        if isinstance(part, kind) and all(getattr(part, name) == value for name, value in wanted.items()):
            return attempt, part, piece.number
    raise Http404


@sensitive_variables()
@sensitive_post_parameters("note")
@for_player
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def note_write(request: Request, course: str, lesson: str) -> HttpResponse:
    """Keep what was typed. Who comes here from signing in is led back to the lesson."""
    if request.method == "GET":
        return redirect("lesson", course=course, lesson=lesson)
    attempt, reflection, number = _asked(request, course, lesson, Reflection, key=request.POST.get("reflection", ""))
    assert isinstance(reflection, Reflection)
    if not is_of(request, attempt):
        return not_of(request, reverse("lesson", args=[course, lesson]), OF_ANOTHER)
    text = request.POST.get("note", "")
    seen = request.POST.get("seen", "")
    try:
        notes.write_note(
            attempt.person,
            attempt.course,
            reflection,
            text,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
            window=window if (window := request.POST.get("window", "")).isalnum() else "",
            at=timezone.now(),
        )
    except (notes.NoteRefused, notes.WrittenMeanwhile) as error:
        said = MEANWHILE if isinstance(error, notes.WrittenMeanwhile) else str(error)
        return _not_kept(request, attempt, lesson, reflection, number, text, said)
    return redirect(f"{reverse('lesson', args=[course, lesson])}#note-{number}")


@sensitive_variables()
def _not_kept(
    request: Request, attempt: Attempt, lesson: str, reflection: Reflection, number: int, text: str, said: str
) -> HttpResponse:
    """What was typed, on a page of its own with the reason, so that nothing is lost."""
    course = attempt.course.slug
    kept = notes.note_at(attempt.person, attempt.course, reflection.key)
    url = reverse("note-write", args=[course, lesson])
    context = {
        "attempt": attempt,
        "course": course,
        "outline": outline_of(attempt.edition),
        "lesson": lesson,
        "card": cards.note_card(reflection, number=number, kept=kept, url=url, typed=text, error=said),
        "errors": [{"text": said, "href": f"#note-{number}-text"}],
    }
    return render(request, "courses/keeping/note.html", context)


@for_player
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def survey_answer(request: Request, course: str, lesson: str) -> HttpResponse:
    """Count the taps, once."""
    if request.method == "GET":
        return redirect("lesson", course=course, lesson=lesson)
    wanted = {name: request.POST.get(name, "") for name in ("key", "moment")}
    attempt, asked, number = _asked(request, course, lesson, Survey, **wanted)
    assert isinstance(asked, Survey)
    if not is_of(request, attempt):
        return not_of(request, reverse("lesson", args=[course, lesson]))
    taps = {
        statement.key: int(tap)
        for statement in asked.statements
        if (tap := request.POST.get(f"tap-{statement.key}", "")) in {"1", "2", "3", "4", "5"}
    }
    if not taps:
        messages.info(request, "Nothing was chosen. You can answer, or simply read on.")
    else:
        survey.answer_survey(attempt, asked, taps, at=timezone.now())
    return redirect(f"{reverse('lesson', args=[course, lesson])}#survey-{number}")


@require_GET
@requires(Permission.LEARN)
def own_notes(request: Request) -> HttpResponse:
    """All that one has written and chosen."""
    me = myself(request.access)
    context = {"notes": notes.notes_of(me), "chosen": tomorrow.chosen_by(me)}
    return render(request, "courses/keeping/notes.html", context)


@require_GET
@requires(Permission.LEARN)
def notes_file(request: Request) -> HttpResponse:
    """All notes as plain text."""
    text = notes.as_text(notes.notes_of(myself(request.access)), day=uk_date(london_date(timezone.now())))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="learning-notes.txt"'
    return answer


@require_POST
@requires(Permission.LEARN)
def note_delete(request: Request, uid: UUID) -> HttpResponse:
    """Throw away one."""
    if not notes.delete_notes(myself(request.access), uid=uid):
        raise Http404
    messages.success(request, "The note is deleted.")
    return redirect("notes")


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def notes_delete(request: Request) -> HttpResponse:
    """Throw away all, once asked again."""
    if request.method == "POST":
        notes.delete_notes(myself(request.access))
        messages.success(request, "All your notes are deleted.")
        return redirect("notes")
    return render(request, "courses/keeping/notes_delete.html")


@require_POST
@requires(Permission.LEARN)
def tomorrow_put_away(request: Request, uid: UUID) -> HttpResponse:
    """Be reminded no more."""
    if not tomorrow.put_away(myself(request.access), uid, at=timezone.now()):
        raise Http404
    return redirect("learning")
