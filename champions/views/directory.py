"""Finding a champion, and asking one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from champions.errors import ChampionError
from champions.forms.finding import SearchForm
from champions.forms.requests import RequestForm
from champions.selectors import directory as book
from champions.selectors.mine import champion_of
from champions.services.requests import ask
from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Person

PER_PAGE = 12


@require_GET
@requires(Permission.SEE_CHAMPIONS)
def champions(request: HttpRequest) -> HttpResponse:
    """The directory: filters, cards, and the next best where nobody fits. Each look is on record, but not for what."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    partnerships = book.partnerships_of(access, on=on)
    form = SearchForm(book.choices(partnerships, on=on), request.GET)
    coordinated = [grant for grant in access.grants if Permission.COORDINATE_CHAMPIONS in grant.role.permissions]
    asks = access.person_id is not None
    context = {"form": form, "partnerships": partnerships, "asks": asks, "coordinated": coordinated}
    if form.is_valid():
        search = form.search()
        let_go: tuple[str, ...] = ()
        found = book.directory(access, partnerships, search, on=on, at=at)
        if not found.exists() and (wider := book.next_best(access, partnerships, search, on=on, at=at)):
            let_go, found = wider
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "cards": book.cards(page.object_list, on=on), "let_go": let_go, "search": search}
        code = partnerships[0].code if len(partnerships) == 1 else ""
        audit.record(
            "directory searched", by=access.actor, at=at, kind="directory", partnership_code=code, **search.places()
        )
    return render(request, "champions/champions.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def ask_champion(request: HttpRequest, champion: UUID) -> HttpResponse:
    """A short request to one champion."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    found = champion_of(access, champion, on=on, at=at)
    if found is None or access.person_id in (None, found.person_id):
        raise Http404
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sender = Person.objects.visible_to(access).get(pk=access.person_id)
        try:
            sent = ask(sender=sender, champion=found, by=access.actor, at=at, **form.cleaned_data)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("champion-request", sent.uid)
    context = {"form": form, "card": book.card_of(found, on=on)}
    return render(request, "champions/ask_champion.html", context)
