"""In the content editor: what authors are told of their courses, and comments waiting to be read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from courses.models import CoursePage, Remark
from courses.services.remarks import comments_of, moderate
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def courses(request: Request) -> HttpResponse:
    """All courses with how many began, how useful they were found, and when they are to be reviewed."""
    rows = CoursePage.objects.filter(is_online=True).select_related("figures", "module").order_by("module__code")
    return render(request, "courses/figures/cms_list.html", {"courses": rows, "today": today()})


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def course(request: Request, pk: int) -> HttpResponse:
    """One course: where people leave off, which questions are hard, which ways they choose, what they say."""
    page = get_object_or_404(CoursePage.objects.select_related("figures"), pk=pk)
    context = {
        "course": page,
        "figures": getattr(page, "figures", None),
        "comments": comments_of(page, Remark.State.SHOWN),
        "held": comments_of(page, Remark.State.HELD) if request.access.may(Permission.REVIEW_CONTENT) else [],
    }
    return render(request, "courses/figures/cms_course.html", context)


@require_POST
@requires(Permission.REVIEW_CONTENT)
def comment(request: Request, pk: int, uid: str) -> HttpResponse:
    """Let a comment through to the authors, or take it away."""
    page = get_object_or_404(CoursePage, pk=pk)
    said = next((held for held in comments_of(page, Remark.State.HELD) if held.pk == uid), None)
    if said is not None and request.POST.get("do") in {"show", "take"}:
        moderate(said, is_shown=request.POST["do"] == "show", by=request.access.actor, at=timezone.now())
    return redirect("course-figures-of", pk=pk)
