"""What champions may read in their area, packs and resources, and the files that it offers."""

from datetime import date

from django.db.models import QuerySet

from champions.models import BriefingPack, Resource
from champions.selectors.meeting_pages import member
from training.access.access import Access
from training.access.permissions import Permission


def may_read_area(access: Access, *, on: date) -> bool:
    """Whether the champions' area is for this one: a champion, in training too, or who looks after a network."""
    return access.may(Permission.COORDINATE_CHAMPIONS) or member(access, on=on) is not None


def packs() -> QuerySet[BriefingPack]:
    """Those that are published."""
    return BriefingPack.objects.live().order_by("title")


def resources_on_shelf() -> QuerySet[Resource]:
    """Those that are published."""
    return Resource.objects.live().order_by("kind", "title")


def is_offered(document_id: int) -> bool:
    """Whether a published page of the area offers this file."""
    return any(document_id in page.document_ids for page in (*packs(), *resources_on_shelf()))
