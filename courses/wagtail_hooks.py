"""The content editor's manners about courses."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from courses.models import CoursePage, Edition


@hooks.register("before_delete_page")
def keep_what_people_began(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A course that has been published stays: what people learnt from it must stay readable."""
    courses = CoursePage.objects.descendant_of(page, inclusive=True)
    if not Edition.objects.filter(course__in=courses).exists():
        return None
    messages.error(request, "A published course cannot be deleted: people may have begun it. Unpublish it instead.")
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def keep_them_in_bulk_too(
    request: HttpRequest, action_type: str, objects: list[Page], action: object
) -> HttpResponse | None:
    """The same for many pages at once."""
    if action_type != "delete":
        return None
    answers = (keep_what_people_began(request, page) for page in objects if isinstance(page, Page))
    return next(filter(None, answers), None)
