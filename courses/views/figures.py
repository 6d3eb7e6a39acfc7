"""What authors are told of their courses in the content editor, and coordinators beside their other figures."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from courses.editions import statements_of
from courses.figures import felt
from courses.keeping.confidence import confidence
from courses.models import CourseFigures, CoursePage, Edition, Remark
from courses.services.remarks import comments_of, moderate
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.selectors import partnership_for
from training.strategy.suppress import HIDDEN
from training.ui.templatetags.ui import uk_date


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def courses(request: Request) -> HttpResponse:
    """All courses with how many began, how useful they were found, and when they are to be reviewed."""
    return render(request, "courses/figures/cms_list.html", {"courses": _courses(), "today": today()})


def _courses() -> QuerySet[CoursePage]:
    published = CoursePage.objects.filter(is_online=True, pk__in=Edition.objects.values("course"))
    return published.select_related("figures", "module").order_by("module__code")


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def course(request: Request, pk: int) -> HttpResponse:
    """One course: where people leave off, which questions are hard, which ways they choose, what they say."""
    page = get_object_or_404(CoursePage.objects.select_related("figures"), pk=pk)
    edition = page.editions.defer("content").last()
    context = {
        "course": page,
        "figures": getattr(page, "figures", None),
        "felt": felt(confidence(page, on=today()), statements_of(edition)) if edition else [],
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


@require_GET
@requires(Permission.MANAGE_PATHWAY)
def of_partnership(request: Request, code: str) -> HttpResponse:
    """The courses of one partnership, each with what its coordinator may see of it; no comments."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    rows = _courses().filter(module__pathway__partnership=partnership)
    context = {
        "partnership": partnership,
        "head": ["Course", "Began", "Finished", "Found it useful", "Review again by"],
        "rows": [_row(page) for page in rows],
        "counted": [page for page in rows if _shown(page)],
    }
    return render(request, "courses/figures/partnership.html", context)


def _shown(page: CoursePage) -> dict[str, Any]:
    figures: CourseFigures | None = getattr(page, "figures", None)
    return figures.shown if figures else {}


def _row(page: CoursePage) -> list[str]:
    shown = _shown(page)
    places = {row["title"]: row["people"] for row in shown.get("places", [])}
    review = uk_date(page.review_by) if page.review_by else "Draft" if page.is_draft_for_review else "No date"
    return [
        f"{page.module.code}: {page.title}",
        places.get("Began", HIDDEN),
        places.get("Finished", HIDDEN),
        shown["useful"]["share"] if shown else HIDDEN,
        f"{review} (past)" if page.review_by and page.review_by < today() else review,
    ]
