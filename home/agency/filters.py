"""The form that narrows the list of people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.cache import caches

from training.ledger.models import StandingCount
from training.ledger.standing import State
from training.pathways.models import Module
from training.people.models import Agency, Locality, Membership, RoleGroup, Team, Term, Workplace
from training.ui.standings import STANDINGS

from .figures import AHEAD
from .listing import Wanted
from .quality import PARTS

CHANGES = {
    "in_date": "Newly in date",
    "overdue": "Newly overdue",
    "joined": "Joined or new on the roster",
    "left": "Left",
}
SORTS = {"name": "Name", "team": "Team", "role_group": "Role group", "due": "Next due"}
KEPT = ("team", "role_group", "workplace", "locality", "module", "state", "due", "missing", "change", "sort")
"""What a saved filter holds: never the words of a search, which may be somebody's name."""


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What a list can be narrowed to on a day."""

    teams: tuple[Team, ...]
    modules: tuple[Module, ...]
    role_groups: tuple[RoleGroup, ...]
    workplaces: tuple[Workplace, ...]
    localities: tuple[Locality, ...]


def choices_of(agency: Agency, *, on: date) -> FilterChoices:
    """Teams and workplaces, role groups on the roster that day, modules and localities of partnerships. Six queries.

    Asked of the tables behind, since the standings of a large agency are too many to look through for it.
    """
    memberships = Membership.objects.known_now().filter(agency=agency).order_by()
    return FilterChoices(
        tuple(Team.objects.filter(agency=agency)),
        tuple(Module.objects.filter(pathway__partnership__in=memberships.values("partnership"))),
        _role_groups(agency, on),
        tuple(Workplace.objects.filter(agency=agency)),
        tuple(Locality.objects.filter(partnership__in=memberships.values("partnership"))),
    )


def _role_groups(agency: Agency, on: date) -> tuple[RoleGroup, ...]:
    """Those on the roster, remembered until the agency's standings change: up to 100,000 posts are looked at."""

    def look() -> tuple[RoleGroup, ...]:
        terms = Term.objects.within(agency).known_now().current_on(on).order_by()
        return tuple(RoleGroup.objects.filter(pk__in=terms.values("role_group")))

    changes = StandingCount.objects.filter(agency=agency).values_list("changes", flat=True).first()
    if not changes:
        return look()
    return caches["local"].get_or_set(f"role-groups:{agency.uid}:{on}:{changes}", look) or ()


class PeopleFilters(forms.Form):
    """What the list can be narrowed to; blank means everybody on the agency's roster that day."""

    text = forms.CharField(label="Name or employee reference", required=False, max_length=80)
    team = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)
    role_group = forms.TypedChoiceField(label="Role group", required=False, coerce=int, empty_value=None)
    workplace = forms.TypedChoiceField(label="Workplace", required=False, coerce=int, empty_value=None)
    locality = forms.TypedChoiceField(label="Locality", required=False, coerce=int, empty_value=None)
    module = forms.TypedChoiceField(label="Module", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Standing", required=False)
    due = forms.TypedChoiceField(label="Falls due", required=False, coerce=int, empty_value=None)
    missing = forms.ChoiceField(label="Roster lacks", required=False)
    change = forms.ChoiceField(label="Since yesterday", required=False)
    sort = forms.ChoiceField(label="Sort by", required=False)

    def __init__(
        self, data: Any, *, choices: FilterChoices, is_past: bool = False, is_known_then: bool = False
    ) -> None:
        """Of a day gone by, nothing is since yesterday; as known at a moment, nothing is sorted by what was due."""
        super().__init__(data)
        offered: dict[str, list[tuple[Any, str]]] = {
            "team": [(it.pk, it.title) for it in choices.teams],
            "role_group": [(it.pk, it.title) for it in choices.role_groups],
            "workplace": [(it.pk, it.title) for it in choices.workplaces],
            "locality": [(it.pk, it.title) for it in choices.localities],
            "module": [(it.pk, it.title) for it in choices.modules],
            "state": [(state.value, STANDINGS[state.value].words) for state in State],
            "due": [(days, f"Within {days} days") for days in AHEAD],
            "missing": [(code, words[0]) for code, words in PARTS.items()] + [("workplace", "Workplace")],
            "change": list(CHANGES.items()),
        }
        for name, rows in offered.items():
            self.fields[name].choices = [("", "All" if name != "missing" else "Nothing asked"), *rows]  # type: ignore[attr-defined]
        sorts = [(name, title) for name, title in SORTS.items() if not (is_known_then and name == "due")]
        self.fields["sort"].choices = sorts  # type: ignore[attr-defined]
        for name in ("workplace", "locality"):
            if not offered[name]:
                del self.fields[name]
        if is_past:
            del self.fields["change"]

    @property
    def wanted(self) -> Wanted:
        """The filters as the list takes them; what was not understood narrows nothing and shows its error."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Wanted(order=said.pop("sort", "name"), **said)

    @property
    def small_print(self) -> list[tuple[str, str]]:
        """Which filters narrow the list, in words."""
        self.is_valid()
        chosen = [(field.label, str(self._shown(field))) for field in self if self.cleaned_data.get(field.name)]
        return [(f"Filter: {label}", value) for label, value in chosen] or [("Filter", "None")]

    def _shown(self, field: forms.BoundField) -> Any:
        """A choice by its words."""
        value = self.cleaned_data[field.name]
        return dict(getattr(field.field, "choices", ())).get(value, value)
