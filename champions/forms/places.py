"""What the coordinator asks of the gaps, and what the network aims for."""

from typing import Any

from django import forms

from champions.models import NetworkAims
from champions.offers import Language
from training.people.kinds import AgencyKind
from training.people.models import Partnership
from training.ui.forms import NumberField


class WhereForm(forms.Form):
    """Narrows the workplaces without a champion."""

    district = forms.ChoiceField(label="District", required=False)
    kind = forms.ChoiceField(label="Kind of agency", required=False, choices=[("", "All kinds"), *AgencyKind.choices])

    def __init__(self, data: Any, *, partnership: Partnership) -> None:
        super().__init__(data)
        titles = partnership.localities.values_list("code", "title")
        self.fields["district"].choices = [("", "All districts"), *titles]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What was chosen from the lists; anything else narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class AimsForm(forms.ModelForm):
    """How many champions, where, and in which languages."""

    languages = forms.MultipleChoiceField(
        label="Languages that somebody should speak",
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NetworkAims
        fields = ("active", "per_thousand", "workplaces_percent", "community", "languages")
        field_classes = dict.fromkeys(("active", "per_thousand", "workplaces_percent", "community"), NumberField)
        labels = {
            "active": "Active champions",
            "per_thousand": "In each district, for every 1,000 staff",
            "workplaces_percent": "Workplaces with one, in per cent",
            "community": "Community champions",
        }
