"""HR's page of the agency's workplaces, where each gets the locality that its roster does not name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

from .models import Agency, Locality, Membership, Term, Workplace
from .selectors import agency_for
from .services import set_localities

WORKPLACES_A_PAGE = 50


class WorkplacesForm(forms.Form):
    """A locality for each of the workplaces on a page."""

    def __init__(self, data: Any, *, workplaces: list[Workplace], localities: dict[int, Locality]) -> None:
        super().__init__(data)
        self.workplaces, self.localities = workplaces, localities
        for each in workplaces:
            places = localities if each.locality is None else localities | {each.locality.pk: each.locality}
            choices = [("", "Not said"), *((str(pk), place.title) for pk, place in places.items())]
            initial = str(each.locality_id or "")
            field = forms.ChoiceField(label=each.title, choices=choices, required=False, initial=initial)
            self.fields[f"place_{each.pk}"] = field

    @property
    def changed(self) -> dict[Workplace, Locality | None]:
        """The workplaces that get another locality than they had. Nothing is said of one that the page did not show."""
        fields = ((each, f"place_{each.pk}") for each in self.workplaces)
        said = [(each, self.cleaned_data[name]) for each, name in fields if name in self.data]
        return {
            each: self.localities[int(pk)] if pk else None for each, pk in said if pk != str(each.locality_id or "")
        }


@requires(Permission.MANAGE_ROSTER)
def workplaces(request: Request, code: str) -> HttpResponse:
    """Say where each workplace is. One that no post names any more, as after an undo, is not asked about."""
    agency = agency_for(request.access, Permission.MANAGE_ROSTER, code)
    named = Term.objects.within(agency).known_now().filter(workplace=OuterRef("pk"))
    rows = Workplace.objects.filter(Exists(named), agency=agency).select_related("locality").order_by("title", "pk")
    page = Paginator(rows, WORKPLACES_A_PAGE).get_page(request.GET.get("page"))
    data = request.POST if request.method == "POST" else None
    form = WorkplacesForm(data, workplaces=list(page.object_list), localities=_localities(agency))
    if form.is_valid():
        set_localities(agency=agency, places=form.changed, by=request.access.actor, at=timezone.now())
        messages.success(request, "Saved. Figures by locality follow in a few minutes.")
        return redirect("workplaces", agency.code)
    return render(request, "people/workplaces.html", {"agency": agency, "page": page, "form": form})


def _localities(agency: Agency) -> dict[int, Locality]:
    """The localities of the partnerships that the agency is in."""
    running = Membership.objects.known_now().current_on(today()).filter(agency=agency)
    return {place.pk: place for place in Locality.objects.filter(partnership__in=running.values("partnership"))}
