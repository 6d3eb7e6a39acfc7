"""The holder's passport and the links to it; what a link opens, for whoever has it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from certificates import limits, selectors, services, signing
from certificates.badges.keys import NoKey
from certificates.models import Share, Viewing
from certificates.passport import printed
from certificates.passport.bundle import bundle
from certificates.passport.forms import ShareForm
from certificates.passport.selectors import Line, Opened, modules_of, opened_by, other_names, passport_of, seen_through
from certificates.passport.services import TooManyLinks, end_share, make_share, note_viewing
from certificates.snapshot import printable
from certificates.verify_views import is_too_many, too_many, unlisted
from training.access.clock import today
from training.access.gates import Request, public, requires
from training.access.permissions import Permission
from training.people.models import Person
from training.press.press import CannotPrint, NeedsAnotherFont

NO_KEY = "This server has no key to sign files with. Ask its administrator."
NAME = "learning-record"


@require_GET
@requires(Permission.LEARN)
def passport(request: Request) -> HttpResponse:
    """All that one may carry, the files of it, and the links one made."""
    person = _me(request)
    shares = list(Share.objects.visible_to(request.access))
    name, lines, on = services.printed_name(person), _own_lines(request), today()
    roster = printable(person.name)
    is_open = {each: each.runs_on(on) and each.is_for(name, on_roster=roster) for each in shares}
    context = {
        "lines": lines,
        "running": [each for each in shares if is_open[each]],
        "over": [each for each in shares if not is_open[each]],
        "name": name,
        "roster": roster,
        "other_names": other_names(lines, name=name),
    }
    return render(request, "certificates/passport/passport.html", context)


@require_GET
@requires(Permission.LEARN)
def passport_pdf(request: Request) -> HttpResponse:
    """The same to print; where that cannot be, a page that says why."""
    try:
        made = printed.as_pdf(services.printed_name(_me(request)), _own_lines(request), on=today())
        content = signing.signed(made) if signing.is_on() else made
    except CannotPrint as reason:
        status = 409 if isinstance(reason, NeedsAnotherFont) else 503
        return render(request, "certificates/passport/no_file.html", {"reason": str(reason)}, status=status)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.pdf"'
    return response


@require_GET
@requires(Permission.LEARN)
def passport_file(request: Request) -> HttpResponse:
    """The same as one signed file for other systems."""
    lines = _own_lines(request)
    if not any(line.is_signed for line in lines):
        return render(
            request, "certificates/passport/no_file.html", {"reason": "There is nothing in it yet."}, status=409
        )
    try:
        return _file(lines, name=services.printed_name(_me(request)), is_partial=False)
    except NoKey:
        return render(request, "certificates/passport/no_file.html", {"reason": NO_KEY}, status=503)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def passport_share_new(request: Request) -> HttpResponse:
    """Make a link."""
    on, person = today(), _me(request)
    data = request.POST if request.method == "POST" else None
    form = ShareForm(data, lines=_own_lines(request), name=services.printed_name(person), on=on)
    if form.is_valid():
        said = form.cleaned_data
        wishes = {"label": said["label"], "modules": said["modules"], "names": said.get("names", ())}
        try:
            made = make_share(person, **wishes, last_on=form.last_on, by=request.access.actor, on=on, at=timezone.now())
        except TooManyLinks as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(made)
    return render(request, "certificates/passport/share_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def passport_share(request: Request, uid: UUID) -> HttpResponse:
    """One link: its address, what was seen through it and when; posted, it ends."""
    share = get_object_or_404(Share.objects.visible_to(request.access), uid=uid)
    if request.method == "POST":
        end_share(share, by=request.access.actor, at=timezone.now())
        messages.success(request, "The link opens nothing any more.")
        return redirect(share)
    person = _me(request)
    context = {
        "share": share,
        "is_running": share.runs_on(today()),
        "is_for_me": share.is_for(services.printed_name(person), on_roster=printable(person.name)),
        "modules": modules_of(share),
        "address": request.build_absolute_uri(share.opening),
        "seen": seen_through(share),
    }
    return render(request, "certificates/passport/share.html", context)


@require_GET
@public
@unlisted
def passport_opened(request: Request, code: str) -> HttpResponse:
    """What a link opens, on one screen."""
    if is_too_many(request):
        return too_many(request)
    opened = _opened(code)
    note_viewing(opened.share, Viewing.What.PAGE, opened.codes, at=timezone.now())
    agencies = [grant for grant in request.access.grants if Permission.RECORD_COMPLETIONS in grant.role.permissions]
    context = {"opened": opened, "on": today(), "agencies": [each for each in agencies if each.agency_id]}
    return render(request, "certificates/passport/opened.html", context)


@require_GET
@public
@unlisted
def passport_opened_file(request: Request, code: str) -> HttpResponse:
    """The same as one signed file."""
    if is_too_many(request, cost=limits.COST_OF_FILE):
        return too_many(request, is_json=True)
    opened = _opened(code)
    if not any(line.is_signed for line in opened.lines):
        raise Http404
    try:
        answer = _file(opened.lines, name=opened.name, is_partial=True)
    except NoKey:
        raise Http404 from None
    note_viewing(opened.share, Viewing.What.FILE, opened.codes, at=timezone.now())
    return answer


def _opened(code: str) -> Opened:
    opened = opened_by(code, on=today())
    if opened is None:
        raise Http404
    return opened


def _file(lines: list[Line], *, name: str, is_partial: bool) -> HttpResponse:
    document = bundle(lines, name=name, is_partial=is_partial, at=timezone.now())
    response = JsonResponse(document, content_type="application/vc+ld+json")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.json"'
    return response


def _me(request: Request) -> Person:
    return Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)


def _own_lines(request: Request) -> list[Line]:
    """One's own, with what the worker has not come to."""
    on = today()
    selectors.own_certificates(request.access, on=on)
    return passport_of(_me(request), on=on)
