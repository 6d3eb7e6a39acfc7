"""The content editor's manners about courses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses.checker import OurChecker
from courses.dashboard import ReviewPanel
from courses.models import CoursePage, Edition
from courses.packages.views import cms
from courses.shown import is_shown
from courses.snippets import LocalServiceViewSet, ServicesPanel
from courses.views import figures
from training.access.clock import today
from training.access.permissions import Permission


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


@hooks.register("before_bulk_action")
def keep_what_lessons_show(
    request: HttpRequest, action_type: str, objects: list[Any], action: object
) -> HttpResponse | None:
    """A picture or film of an edition stays. Deleting one alone, Wagtail itself says so."""
    if action_type != "delete" or not any(map(is_shown, objects)):
        return None
    messages.error(request, "A lesson has shown one of these: it stays, for those who are reading it.")
    return redirect("wagtailadmin_home")


@hooks.register("after_copy_page")
def begin_a_copys_history(request: HttpRequest, page: Page, copy: Page) -> None:
    """A copy is its maker's own: those who wrote the page it was made from have had no hand in it."""
    for each in copy.get_descendants(inclusive=True):
        each.revisions.exclude(pk=each.latest_revision_id).delete()


@hooks.register("register_admin_urls")
def package_addresses() -> list[URLPattern]:
    """Packages, beside pages and images."""
    return [
        path("packages/", cms.packages, name="packages"),
        path("packages/new/", cms.package_new, name="package-new"),
        path("packages/<uuid:uid>/", cms.package, name="package"),
        path("packages/<uuid:uid>/delete/", cms.package_delete, name="package-delete"),
    ]


@hooks.register("register_admin_urls")
def figures_addresses() -> list[URLPattern]:
    """What authors are told of their courses."""
    return [
        path("course-figures/", figures.courses, name="course-figures"),
        path("course-figures/<int:pk>/", figures.course, name="course-figures-of"),
        path("course-figures/<int:pk>/<uuid:uid>/", figures.comment, name="course-comment"),
    ]


class AuthorsItem(MenuItem):
    """For those who write courses: whoever keeps a partnership's public pages does not see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether it is there."""
        return writes_courses(request)


def writes_courses(request: HttpRequest) -> bool:
    """Whether the one who asks is an author, or a reviewer of theirs."""
    return bool(request.access.may(Permission.AUTHOR_CONTENT))  # type: ignore[attr-defined]


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """The way there."""
    return AuthorsItem("Course figures", reverse("course-figures"), icon_name="tasks", order=360)


@hooks.register("register_admin_menu_item")
def package_menu_item() -> MenuItem:
    """The way there."""
    return AuthorsItem("Packages", reverse("packages"), icon_name="folder-open-inverse", order=350)


@hooks.register("construct_wagtail_userbar")
def check_by_our_rules(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """The checker looks for what our own pages are held to."""
    items[:] = [
        OurChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]


@hooks.register("construct_homepage_panels")
def show_reviews_due(request: HttpRequest, panels: list[Any]) -> None:
    """Which courses are drafts still, or due to be reviewed again."""
    if writes_courses(request):
        panels.insert(0, ReviewPanel(on=today()))


@hooks.register("construct_homepage_panels")
def show_services_to_check(request: HttpRequest, panels: list[Any]) -> None:
    """Which local services learners do not see, or soon will not."""
    if writes_courses(request):
        panels.insert(1, ServicesPanel(on=today()))


register_snippet(LocalServiceViewSet)
