"""The line manager's pages: the posts that answer to one's own, by name, standing and dates, and nothing more."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from champions.selectors.team import team_of
from training.access.access import Access
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.freshness import brought_up_to_date
from training.ledger.models import StandingStep
from training.ledger.standing import State
from training.pathways.models import Module
from training.people.models import Term
from training.people.models.posts import TermQuerySet
from training.people.selectors import posts_held
from training.rules.posts import MOVABLE
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

from .agency.listing import BY_NAME, PersonRow, Wanted, rows_of

HEADS = ["Name", "Team", "Role group", "Look at first", {"text": "In date", "numeric": True}, "Due by"]
ASKED_HEADS = ["Module", "Standing", "Due by", "Valid until", "More time"]


class TeamFilters(forms.Form):
    """What the team can be narrowed to."""

    module = forms.TypedChoiceField(label="Module", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Standing", required=False)

    def __init__(self, data: Any, *, modules: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["module"].choices = [("", "All"), *modules]  # type: ignore[attr-defined]
        states = [(state.value, STANDINGS[state.value].words) for state in State]
        self.fields["state"].choices = [("", "All"), *states]  # type: ignore[attr-defined]


@requires(Permission.SEE_TEAM)
def team(request: Request) -> HttpResponse:
    """Who answers to one's own post, and what to look at first for each."""
    at = timezone.now()
    on = london_date(at)
    terms = team_terms(request.access, on=on)
    fresh = brought_up_to_date(at=at, posts=terms.order_by().values("post"))
    asked = StandingStep.objects.everywhere(reason="of posts that answer to the one who asks").current_on(on)
    modules = Module.objects.filter(pk__in=asked.filter(post__in=terms.values("post")).values("module"))
    form = TeamFilters(request.GET, modules=[(it.pk, it.title) for it in modules])
    form.is_valid()
    module, state = form.cleaned_data.get("module"), form.cleaned_data.get("state")
    rows = rows_of(terms.order_by(*BY_NAME), Wanted(module=module), on=on)
    shown = [row for row in rows if (not state or row.state == state) and (not module or row.state)]
    audit.record("standings read", by=request.access.actor, at=at, rows=len(shown))
    context = {
        "fresh": fresh,
        "form": form,
        "everybody": len(rows),
        "heads": HEADS,
        "rows": [_line(row) for row in shown],
        "here": reverse("team"),
        "champions": team_of(request.access, on=on, at=at).waiting,
    }
    return render(request, "home/team.html", context)


@requires(Permission.SEE_TEAM)
def team_person(request: Request, uid: UUID) -> HttpResponse:
    """One post that answers to one's own: what is asked, how it stands, by when. Not why, and not what was answered."""
    at = timezone.now()
    on = london_date(at)
    terms = team_terms(request.access, on=on).filter(post__uid=uid)
    fresh = brought_up_to_date(at=at, posts=terms.order_by().values("post"))
    row = next(iter(rows_of(terms, Wanted(), on=on)), None)
    if row is None:
        raise Http404
    audit.record("person read", by=request.access.actor, at=at, kind="person", uid=row.person)
    steps = StandingStep.objects.everywhere(reason="of a post that answers to the one who asks").current_on(on)
    asked = steps.filter(post__uid=uid).select_related("module").order_by("module__position", "pk")
    context = {
        "fresh": fresh,
        "row": row,
        "heads": ASKED_HEADS,
        "asked": [_asked(each) for each in asked],
        "trail": [{"title": "My team", "url": reverse("team")}, {"title": row.name}],
    }
    return render(request, "home/team_person.html", context)


def team_terms(access: Access, *, on: date) -> TermQuerySet:
    """What the posts are that answer, that day, to a post one holds in the same agency."""
    terms = Term.objects.everywhere(reason="posts that answer to the one who asks").known_now().current_on(on)
    return terms.filter(
        manager__in=posts_held(access.person_id or 0, on).values("post"),
        manager__employment__agency=F("post__employment__agency"),
    )


def _line(row: PersonRow) -> list[Any]:
    return [
        {"text": row.name, "url": reverse("team-person", args=[row.post])},
        row.team,
        row.role_group,
        {"state": row.state} if row.state else "Nothing asked",
        {"text": f"{row.valid} of {row.counted}" if row.counted else "n/a", "numeric": True},
        uk_date(row.due_on),
    ]


def _asked(each: StandingStep) -> list[Any]:
    until = uk_date(each.valid_until) or ("no end date" if each.is_valid else "")
    can_wait = each.is_required and each.due_on is not None and each.state in MOVABLE
    more_time = {"text": "Ask for more time", "url": reverse("team-more-time", args=[each.post_id, each.module_id])}
    return [each.module.title, {"state": each.state}, uk_date(each.due_on), until, more_time if can_wait else ""]
