"""The quiet other way: text only, with a person, or later. No reason is asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses import selectors
from courses.editions import outline_of
from courses.models import CoursePage
from courses.services.other_way import do_it_later
from courses.services.progress import choose_text_only, start_attempt
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ledger.rebuild import refresh_stale
from training.ui.templatetags.ui import uk_date

NOTHING_TO_MOVE = "You have no date for this course just now, so you can take as long as you like."
NO_THIRD_TIME = (
    "You have moved this date twice, so it cannot be moved again here. Ask a champion, or whoever looks after training "
    "where you work, to find a way that suits you. You do not have to say why."
)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def another_way(request: Request, course: str) -> HttpResponse:
    """The ways on offer, and the choice of one."""
    page = selectors.published_course(course)
    if page is None:
        raise Http404
    attempt = selectors.attempt_at(request.access, course)
    if request.method == "POST":
        return _choose(request, page)
    outline = outline_of(attempt.edition if attempt else selectors.newest_edition(page))
    is_text_only = bool(attempt and attempt.is_open and attempt.is_text_only)
    context = {"course": course, "outline": outline, "is_text_only": is_text_only}
    return render(request, "courses/another_way.html", context)


def _choose(request: Request, page: CoursePage) -> HttpResponse:
    me = selectors.myself(request.access)
    wish, now = request.POST.get("do"), timezone.now()
    if wish in {"text", "full"} and page.is_online:
        attempt = start_attempt(me, page, at=now)
        choose_text_only(attempt, is_text_only=wish == "text")
        messages.success(request, "The stories are left out." if wish == "text" else "The stories are back in.")
        return redirect("course", course=page.slug)
    if wish == "later":
        refresh_stale(at=now, person=me)
        moved = do_it_later(me, page.module, by=request.access.actor, at=now)
        if moved.due_on is not None:
            messages.success(request, f"Your date is now {uk_date(moved.due_on)}. Nobody is told why.")
        else:
            messages.info(request, NO_THIRD_TIME if moved.is_refused else NOTHING_TO_MOVE)
        return redirect("course", course=page.slug)
    return redirect("another-way", course=page.slug)
