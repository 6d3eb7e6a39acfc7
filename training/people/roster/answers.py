"""HR's pages for what a file cannot say itself: what its columns are, and what its job titles mean."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.forms import ColumnsForm, TitlesForm
from training.people.models import Agency, RosterImport
from training.people.models.roster import ImportState
from training.people.selectors import agency_for

from .columns import column_questions, forget_column, order_question, remembered
from .errors import RosterError
from .keep import is_forgotten
from .limits import Refused
from .shown import FIELD_LABELS
from .stage import answer, look_again, sheet_of_import
from .titles import map_titles, titles_of, unmapped_titles, with_suggestions

TITLES_A_PAGE = 50


def agency_of(request: HttpRequest, code: str) -> Agency:
    """The agency whose roster one looks after, or 404."""
    return agency_for(request.access, Permission.MANAGE_ROSTER, code)  # type: ignore[attr-defined]


def import_of(request: HttpRequest, code: str, uid: UUID) -> RosterImport:
    """A file of that agency, or 404."""
    agency = agency_of(request, code)
    return get_object_or_404(RosterImport.objects.select_related("agency"), agency=agency, uid=uid)


@requires(Permission.MANAGE_ROSTER)
def roster_columns(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Say what the columns of a file are that nobody knows yet."""
    seen = import_of(request, code, uid)
    if seen.state != ImportState.ASKING or is_forgotten(seen, at=timezone.now()):
        return redirect("roster-import", seen.agency.code, seen.uid)
    sheet = sheet_of_import(seen)
    order = order_question(sheet, remembered(seen.agency))
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=column_questions(sheet), order=order)
    if form.is_valid():
        by, at = request.access.actor, timezone.now()  # type: ignore[attr-defined]
        try:
            answer(seen, form.meanings, form.order_by_header, by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("roster-import", seen.agency.code, seen.uid)
    known = [(header, FIELD_LABELS[name]) for name, header in sheet.head["headers"].items()]
    context = {"agency": seen.agency, "seen": seen, "form": form, "known": known, "dropped": sheet.dropped}
    return render(request, "people/roster_columns.html", context)


@requires(Permission.MANAGE_ROSTER)
def roster_known_columns(request: HttpRequest, code: str) -> HttpResponse:
    """What HR has said of columns so far, and a press to be asked again."""
    agency = agency_of(request, code)
    if request.method == "POST":
        meaning = agency.columns.filter(header=request.POST.get("header", "")).first()
        if meaning is not None:
            forget_column(meaning, by=request.access.actor, at=timezone.now())  # type: ignore[attr-defined]
            messages.success(request, f"You will be asked about the column '{meaning.header}' when it next comes.")
        return redirect("roster-known-columns", agency.code)
    known = [(it, FIELD_LABELS.get(it.field, "Left out")) for it in agency.columns.all()]
    return render(request, "people/roster_known_columns.html", {"agency": agency, "known": known})


@requires(Permission.MANAGE_ROSTER)
def roster_titles(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the job titles on the roster mean."""
    agency = agency_of(request, code)
    page = Paginator(unmapped_titles(agency, on=today()), TITLES_A_PAGE).get_page(request.GET.get("page"))
    titles = with_suggestions(agency, page.object_list)
    form = TitlesForm(request.POST if request.method == "POST" else None, titles=titles)
    if form.is_valid():
        _map(request, agency, form)
        return redirect("roster-titles", agency.code)
    return render(request, "people/roster_titles.html", {"agency": agency, "form": form, "page": page})


@requires(Permission.MANAGE_ROSTER)
def roster_import_titles(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Say what the job titles of a file mean, before it is applied."""
    seen = import_of(request, code, uid)
    page = Paginator(titles_of(seen), TITLES_A_PAGE).get_page(request.GET.get("page"))
    titles = with_suggestions(seen.agency, page.object_list)
    form = TitlesForm(request.POST if request.method == "POST" else None, titles=titles)
    if form.is_valid():
        _map(request, seen.agency, form)
        return look_again_and_show(request, seen) if form.meanings else redirect("roster-import", code, uid)
    context = {"agency": seen.agency, "form": form, "page": page, "seen": seen}
    return render(request, "people/roster_titles.html", context)


@requires(Permission.MANAGE_ROSTER)
def roster_look_again(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Compare a file that waits with the roster as it is now."""
    seen = import_of(request, code, uid)
    if request.method != "POST":
        return redirect("roster-import", seen.agency.code, seen.uid)
    return look_again_and_show(request, seen)


def look_again_and_show(request: HttpRequest, seen: RosterImport) -> HttpResponse:
    """Compare a file with the roster as it is now, and show what it would do."""
    by, at = request.access.actor, timezone.now()  # type: ignore[attr-defined]
    try:
        look_again(seen, by=by, at=at)
    except (RosterError, Refused) as error:
        messages.error(request, str(error))
    return redirect("roster-import", seen.agency.code, seen.uid)


def _map(request: HttpRequest, agency: Agency, form: TitlesForm) -> None:
    if not form.meanings:
        return
    by = request.access.actor  # type: ignore[attr-defined]
    posts = map_titles(agency, form.meanings, by=by, on=today(), at=timezone.now())
    titles = len(form.meanings)
    said = f"Remembered what {titles} job title{' means' if titles == 1 else 's mean'}."
    mended = f" Role groups are saved for {posts} post{'' if posts == 1 else 's'}." if posts else ""
    messages.success(request, said + mended)
