"""The learner's page of a course that is a package: the site's own frame around the content host's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courses.models import Attempt, Package
from courses.outline import LessonOutline
from courses.packages.host import SANDBOX, content_origin
from courses.packages.services.launch import open_launch
from courses.selectors import Progress
from courses.services.progress import open_lesson
from training.access.gates import Request


def package_page(request: Request, attempt: Attempt, progress: Progress, here: LessonOutline) -> HttpResponse:
    """The package in its frame; a message where it is finished, or where there is no host to run it on."""
    context = {
        "attempt": attempt,
        "course": attempt.course.slug,
        "outline": progress.outline,
        "origin": content_origin(),
        "sandbox": SANDBOX,
    }
    if not attempt.is_open or not content_origin():
        return render(request, "courses/packages/package.html", context)
    now = timezone.now()
    open_lesson(attempt, here.slug, at=now)
    package = Package.objects.get(uid=here.package)
    context["token"] = open_launch(attempt, package, by=request.access.actor, at=now)
    response = render(request, "courses/packages/package.html", context)
    response._csp_update = {"frame-src": [content_origin()]}  # type: ignore[attr-defined]
    return response
