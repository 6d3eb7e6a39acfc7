"""Logging a briefing in half a minute, and feedback cards."""

from collections.abc import Iterable
from typing import Any

from django import forms

from champions.forms.meetings import CodeForm
from champions.forms.plain import Words
from champions.models import BriefingPack, CascadeVersion
from champions.selectors.briefings import Places
from champions.services.briefings import Briefing
from training.people.models import Agency
from training.ui.forms import DateField, NumberField

FIVE = [(str(number), str(number)) for number in range(5, 0, -1)]
USEFUL = [("5", "5: very"), *FIVE[1:4], ("1", "1: not at all")]
SURE = [("5", "5: quite sure"), *FIVE[1:4], ("1", "1: not at all sure")]


class BriefingForm(forms.Form):
    """A briefing that was given."""

    pack = forms.ModelChoiceField(label="Which pack", queryset=BriefingPack.objects.none(), empty_label=None)
    place = forms.ChoiceField(label="Which team or workplace", required=False)
    where = Words(
        label="Or in words",
        max_length=80,
        required=False,
        help_text="For example: receptionists of all sites. Do not write about real people.",
    )
    people = NumberField(
        label="How many people were there", min_value=1, max_value=500, help_text="Without you. A count, no names."
    )
    held_on = DateField(label="Which day", help_text="For example, 27 3 2026")
    minutes = NumberField(label="How many minutes it took", min_value=5, max_value=240)

    def __init__(self, packs: Iterable[BriefingPack], places: Places, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["pack"].queryset = packs  # type: ignore[attr-defined]
        self.picked = {f"team-{each.pk}": each for each in places.teams} | {
            f"workplace-{each.pk}": each for each in places.workplaces
        }
        groups = [
            ("Teams", [(f"team-{each.pk}", each.title) for each in places.teams]),
            ("Workplaces", [(f"workplace-{each.pk}", each.title) for each in places.workplaces]),
        ]
        self.fields["place"].choices = [("", "Choose, or say it in words below"), *(each for each in groups if each[1])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somewhere: picked, or in words, and not both."""
        said = super().clean() or {}
        in_words = bool(said.get("where", "").strip())
        if "place" not in self.errors and bool(said.get("place")) == in_words:
            both = "Choose from the list, or say in words where it was. Not both: empty one of the two"
            self.add_error("place", both if in_words else "Choose a team or workplace, or say in words where it was")
        return said

    def briefing(self, agency: Agency) -> Briefing:
        """What was said; the form must be valid."""
        said = dict(self.cleaned_data)
        picked = self.picked.get(said.pop("place"))
        where = "" if picked else said["where"]
        team = picked if picked in self.places.teams else None
        workplace = picked if picked in self.places.workplaces else None
        locality = (workplace.locality if workplace else None) or self.places.locality
        return Briefing(**said | {"where": where}, agency=agency, team=team, workplace=workplace, locality=locality)


def as_logged(said: CascadeVersion, packs: Iterable[BriefingPack]) -> dict[str, Any]:
    """What the form of a logged briefing begins with."""
    place = f"team-{said.team_id}" if said.team_id else f"workplace-{said.workplace_id}" if said.workplace_id else ""
    names = ("where", "people", "held_on", "minutes")
    pack = next((each for each in packs if each.slug == said.pack), None)
    return {name: getattr(said, name) for name in names} | {"place": place, "pack": pack}


class CardForm(CodeForm):
    """What somebody thought of a briefing: two taps."""

    useful = forms.ChoiceField(
        label="How useful was it for your work?",
        choices=USEFUL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how useful it was"},
    )
    knows_next = forms.ChoiceField(
        label="How sure are you what you would do next?",
        choices=SURE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how sure you are"},
    )


class YearForm(forms.Form):
    """Which year."""

    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, years: Iterable[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        self.fields["year"].choices = list(years)  # type: ignore[attr-defined]
