"""What is looked for in the directory."""

from typing import Any

from django import forms

from champions.offers import Language, Specialism
from champions.selectors.directory import Choices, Search

ANY = ("", "Any")


class SearchForm(forms.Form):
    """The directory's filters."""

    specialism = forms.ChoiceField(label="Can help with", required=False)
    language = forms.ChoiceField(label="Speaks", required=False)
    locality = forms.TypedChoiceField(label="Works in", required=False, coerce=int, empty_value=None)
    agency_kind = forms.ChoiceField(label="Kind of agency", required=False)

    def __init__(self, offered: Choices, data: Any) -> None:
        super().__init__(data)
        lists = {
            "specialism": Specialism.choices,
            "language": Language.choices,
            "locality": offered.localities,
            "agency_kind": offered.agency_kinds,
        }
        for name, pairs in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *pairs]
            field.error_messages["invalid_choice"] = "Choose from the list"

    def search(self) -> Search:
        """What is looked for; the form must be valid."""
        return Search(**self.cleaned_data)
