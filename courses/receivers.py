"""Freezes an edition whenever something of a course is published, taken down or moved; ties editors to their groups."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.auth.signals import user_logged_in
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.editors import ensure_groups, sync_editor
from courses.models import CoursePage, LessonPage, SpecialistReview
from courses.services.publishing import freeze
from training.access.clock import today


@receiver([page_published, page_unpublished, post_page_move])
def freeze_course(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Once the change is safe: what is published now is the newest edition, or corrects it if its author said so."""
    if isinstance(instance, LessonPage | CoursePage):
        is_publishing = kwargs.get("signal") is page_published
        transaction.on_commit(lambda: _freeze(instance, is_publishing=is_publishing))


def _freeze(page: LessonPage | CoursePage, *, is_publishing: bool) -> None:
    course = page if isinstance(page, CoursePage) else CoursePage.objects.parent_of(page).first()
    if course is not None and CoursePage.objects.filter(pk=course.pk, live=True).exists():
        said = {"kind": page.change_kind, "whats_new": page.whats_new} if is_publishing else {}
        freeze(course, at=timezone.now(), **said)


@receiver(user_logged_in)
def sync_editor_at_sign_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """The editor's groups follow the roles held today."""
    sync_editor(user, on=today())


@receiver(post_migrate)
def make_editors_groups(sender: Any, **kwargs: Any) -> None:
    """After the tables of this room have been made or changed, the editors' groups stand; not after they were taken."""
    if sender.name == "courses" and SpecialistReview._meta.db_table in connection.introspection.table_names():
        create_permissions(sender, verbosity=0)  # Django makes them after us, and the groups need them now
        ensure_groups()
