"""Who may use the content editor: two groups of its own and one a partnership's site, filled from today's roles."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from courses.models import CoursePage, LocalService, SpecialistReview
from training.access.permissions import Permission as May
from training.people.models import Partnership, RoleGrant, User

AUTHORS = "Content authors"
REVIEWERS = "Content reviewers"
REVIEW = "Review before publishing"
PAGES = {AUTHORS: ("add", "change"), REVIEWERS: ("add", "change", "publish", "lock", "unlock")}
FILES = ("add", "change", "choose")
SITE, SITE_PAGES = "Public pages: ", ("add", "change", "publish")


def sync_editor(user: User, *, on: date) -> bool:
    """Put the login into the groups that its grants of this day give, and out of the others; whether it has any."""
    grants = list(RoleGrant.objects.filter(user=user).current_on(on).select_related("partnership"))
    held = {permission for grant in grants for permission in grant.role.permissions}
    wanted = {AUTHORS} if May.AUTHOR_CONTENT in held else set()
    if May.REVIEW_CONTENT in held:
        wanted.add(REVIEWERS)
    keeps = [grant.partnership for grant in grants if May.EDIT_SITE in grant.role.permissions and grant.partnership]
    sites = Group.objects.filter(name__in=[site_group(partnership) for partnership in keeps])
    wanted |= set(sites.values_list("name", flat=True)) if keeps else set()
    ours = Q(name__in=PAGES) | Q(name__startswith=SITE)
    has = set(user.groups.filter(ours).values_list("name", flat=True))
    if has != wanted:
        user.groups.remove(*Group.objects.filter(name__in=has - wanted))
        user.groups.add(*Group.objects.filter(name__in=wanted - has))
    return bool(wanted)


def ensure_groups() -> None:
    """Both groups with what they may do, and the review that stands before publishing. Made once; again harmless."""
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    if root is None or files is None or enter is None:
        return
    for name, deeds in PAGES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
        for permission in _permissions(Page, deeds):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        group.permissions.add(*_permissions(LocalService, ("add", "change", "delete", "view")))
        for permission in [*_permissions(get_image_model(), FILES), *_permissions(get_document_model(), FILES)]:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    Group.objects.get(name=REVIEWERS).permissions.add(*_permissions(CoursePage, ("approve",), noun="course"))
    _ensure_review(root)


def site_group(partnership: Partnership) -> str:
    """The name of the group that edits a partnership's public pages."""
    return f"{SITE}{partnership.code}"


def ensure_site_editors(partnership: Partnership, page: Page) -> None:
    """The group that edits a partnership's pages, from its first page down, with documents of its own and no others."""
    group, _ = Group.objects.get_or_create(name=site_group(partnership))
    group.permissions.add(*Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
    for permission in _permissions(Page, SITE_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    files = Collection.objects.filter(name=group.name).first()
    if files is None:
        files = Collection.get_first_root_node().add_child(name=group.name)
    for permission in _permissions(get_document_model(), FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def _permissions(model: type, deeds: tuple[str, ...], *, noun: str = "") -> list[Permission]:
    names = [f"{deed}_{noun or model._meta.model_name}" for deed in deeds]  # type: ignore[attr-defined]
    app = model._meta.app_label  # type: ignore[attr-defined]
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))


def _ensure_review(root: Page) -> None:
    """Whatever authors submit goes to the reviewers, and to one who did not write it."""
    workflow, _ = Workflow.objects.get_or_create(name=REVIEW, defaults={"active": True})
    task = SpecialistReview.objects.filter(name=REVIEW).first()
    if task is None:
        task = SpecialistReview.objects.create(name=REVIEW, active=True)
        task.groups.add(Group.objects.get(name=REVIEWERS))
    WorkflowTask.objects.update_or_create(workflow=workflow, sort_order=0, defaults={"task": task})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
