"""What auditors look at, for those whose records and figures they are: the coordinator, and HR of each agency."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.inspection.models import SampledPost
from training.inspection.selectors.looked import auditors_of, pages_read
from training.ledger.selectors.table import WITHHELD
from training.people.selectors import agency_for, partnership_for

A_PAGE = 50


@require_safe
@requires(Permission.MANAGE_PATHWAY)
def audits(request: Request, code: str) -> HttpResponse:
    """Who may look, until when, and every page that was read."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    auditors = auditors_of(partnership)
    addresses = {each.actor: each.address for each in auditors}
    page = Paginator(pages_read(partnership), A_PAGE).get_page(request.GET.get("page"))
    read = [(each, addresses.get(each.actor, "A former auditor")) for each in page.object_list]
    context = {"partnership": partnership, "auditors": auditors, "page": page, "read": read}
    return render(request, "inspection/audits.html", context)


@require_safe
@requires(Permission.SEE_STAFF)
def agency_audits(request: Request, code: str) -> HttpResponse:
    """Whose posts of the agency are in samples, so that the row of the roster can be shown to the auditor."""
    agency = agency_for(request.access, Permission.SEE_STAFF, code)
    mine = SampledPost.objects.visible_to(request.access).within(agency)
    people = ("post__employment__person", "post__employment__entered_as")
    rows = mine.select_related("sample", *people).order_by("-sample__drawn_at", "number")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    posts = [(each, _name(each), each.post.employment.employee_ref) for each in page.object_list]
    if posts:
        by, at = request.access.actor, timezone.now()
        audit.record("sampled posts read", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code)
    context = {"agency": agency, "page": page, "posts": posts}
    return render(request, "inspection/agency_audits.html", context)


def _name(sampled: SampledPost) -> str:
    employment = sampled.post.employment
    return WITHHELD if employment.person.is_protected else employment.named_by.name
