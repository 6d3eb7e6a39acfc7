"""Finding a champion, and asking one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from champions.errors import ChampionError, NotToBeFound
from champions.forms.finding import ENGLISH, SearchForm
from champions.forms.requests import RequestForm
from champions.models import ContactRequest
from champions.needs import need_choices
from champions.selectors import directory as book
from champions.selectors.cards import cards
from champions.selectors.circles import circles_of
from champions.selectors.listings import is_listed
from champions.services import looks
from champions.services.requests import ask
from training.access.access import Access
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Person

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A row of large buttons: the next choice, each button an address. Three of them lead from a need to a place."""

    title: str
    chips: Pairs


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champions(request: Request) -> HttpResponse:
    """The directory: choices, cards, and the next best where nobody fits. Each look is on record, but not for what."""
    access, on, at = request.access, today(), timezone.now()
    if looks.has_looked_enough(_login(access), on=on):
        return _enough(request)
    circles = circles_of(access, on=on)
    partnerships = [circle.partnership for circle in circles]
    offered = book.choices(partnerships, on=on)
    typed = request.POST if request.method == "POST" else {**request.GET.dict(), "text": ""}
    form = SearchForm(offered, typed)
    context = {"form": form, "partnerships": partnerships, "asks": access.person_id is not None}
    context["is_listed"] = is_listed(access)
    context["coordinated"] = [
        grant for grant in access.grants if Permission.COORDINATE_CHAMPIONS in grant.role.permissions
    ]
    if form.is_valid():
        search = form.search()
        page = form.cleaned_data["page"] or 1
        found = book.found(access, circles, search, page=page, on=on, at=at)
        shown = cards(found.champions, circles, on=on)
        step = _step(form, offered, partial(book.languages, access, circles, search, on=on))
        context |= {
            "found": found,
            "cards": list(zip(shown, found.met, strict=True)),
            "own": next((str(each.uid) for each in found.champions if each.person_id == access.person_id), None),
            "search": search,
            "step": step,
            "more": _more(form, found),
        }
        code = partnerships[0].code if len(partnerships) == 1 else ""
        looks.note_look(_login(access), found.champions, own=access.person_id, on=on)
        audit.record(
            "directory searched", by=access.actor, at=at, kind="directory", partnership_code=code, **search.places()
        )
    return render(request, "champions/champions.html", context)


def _step(form: SearchForm, offered: book.Choices, languages: Callable[[], Pairs]) -> Step | None:
    """The next of the three choices, until all are made."""
    chosen = {name: form.data[name] for name in ("need", "language", "locality") if form.data[name]}
    if "need" not in chosen and not form.cleaned_data["specialism"]:
        return Step("I want to …", tuple(_chips(chosen, "need", need_choices())))
    if "language" not in chosen:
        return Step("In which language?", tuple(_chips(chosen, "language", [(ENGLISH, "English"), *languages()])))
    if "locality" not in chosen:
        return Step("Near which district?", tuple(_chips(chosen, "locality", offered.localities)))
    return None


def _chips(chosen: dict[str, str], name: str, pairs: Iterable[tuple[object, str]]) -> Iterator[tuple[str, str]]:
    for value, label in pairs:
        yield f"?{urlencode(chosen | {name: value})}", label


def _more(form: SearchForm, found: book.Found) -> list[tuple[str, str]]:
    """What the button for the next page sends; nothing on the last."""
    if not found.has_more:
        return []
    return [*((name, value) for name, value in form.data.items() if value and name != "page"), ("page", found.page + 1)]


def _login(access: Access) -> int:
    assert access.user_id is not None  # the gate lets in nobody who has not signed in
    return access.user_id


def _enough(request: Request) -> HttpResponse:
    return render(request, "champions/looked_enough.html", status=429)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def ask_champion(request: Request, champion: UUID) -> HttpResponse:
    """A short request to one champion; with `?again=` what was asked before is filled in."""
    access, on, at = request.access, today(), timezone.now()
    if looks.has_looked_enough(_login(access), on=on):
        return _enough(request)
    circles = circles_of(access, on=on)
    found = book.findable(access, circles, on=on).filter(uid=champion).first()
    if found is None or access.person_id in (None, found.person_id):
        raise Http404
    form = RequestForm(request.POST or None, initial=_before(access, request.GET.get("again", "")))
    if request.method == "POST" and form.is_valid():
        sender = Person.objects.visible_to(access).get(pk=access.person_id)
        try:
            sent = ask(sender=sender, champion=found, by=access.actor, at=at, **form.cleaned_data)
        except NotToBeFound:
            raise Http404 from None
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("champion-request", sent.uid)
    looks.note_look(_login(access), [found], own=access.person_id, on=on)
    return render(request, "champions/ask_champion.html", {"form": form, "card": cards([found], circles, on=on)[0]})


def _before(access: Access, uid: str) -> dict[str, Any]:
    """What one asked of another champion, to ask it here."""
    try:
        rows = ContactRequest.objects.visible_to(access).filter(sender=access.person_id, uid=UUID(uid))
    except ValueError:
        return {}
    return dict(rows.values("about", "urgency", "words").first() or {})
