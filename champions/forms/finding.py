"""What is looked for in the directory."""

from collections.abc import Mapping
from typing import Any

from django import forms

from champions.needs import need_choices, specialism_choices
from champions.offers import Day, Language
from champions.selectors.directory import Choices
from champions.selectors.searching import Search
from training.ui.forms import NumberField

ANY = ("", "Any")
ENGLISH = "en"
LONGEST_TEXT = 200


def _number(value: str) -> int:
    return int(value)


class SearchForm(forms.Form):
    """The directory's filters. Sent by POST: what is typed is in no address, and so in no history."""

    need = forms.TypedChoiceField(label="I want to", required=False, coerce=_number, empty_value=None)
    specialism = forms.TypedChoiceField(label="Can help with", required=False, coerce=_number, empty_value=None)
    language = forms.ChoiceField(label="Speaks", required=False)
    locality = forms.TypedChoiceField(label="Works in", required=False, coerce=_number, empty_value=None)
    only_here = forms.BooleanField(label="Without the districts beside it", required=False)
    agency_kind = forms.ChoiceField(label="Kind of agency", required=False)
    day = forms.ChoiceField(label="Can be asked on", required=False)
    text = forms.CharField(
        label="Words on the card",
        help_text="An agency, a name as it is shown, a topic. Do not write about real people.",
        max_length=LONGEST_TEXT,
        required=False,
        error_messages={"max_length": f"Write {LONGEST_TEXT} characters or fewer"},
    )
    page = NumberField(required=False, widget=forms.HiddenInput)

    def __init__(self, offered: Choices, data: Mapping[str, Any]) -> None:
        super().__init__({name: _plain(str(data.get(name, ""))) for name in self.base_fields})
        lists = {
            "need": need_choices(),
            "specialism": specialism_choices(),
            "language": [(ENGLISH, "English"), *Language.choices],
            "locality": offered.localities,
            "agency_kind": offered.agency_kinds,
            "day": Day.choices,
        }
        self.titles = {name: {str(value): title for value, title in pairs} for name, pairs in lists.items()}
        for name, pairs in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *pairs]
            field.error_messages["invalid_choice"] = "Choose from the list"

    def chosen(self) -> list[str]:
        """What is looked for, in words; the form must be valid."""
        words = [titles[self.data[name]] for name, titles in self.titles.items() if self.data[name]]
        return [*words, self.cleaned_data["text"]] if self.cleaned_data["text"] else words

    def search(self) -> Search:
        """What is looked for; the form must be valid. English is everybody's, and narrows nothing."""
        values = dict(self.cleaned_data)
        values.pop("page")
        language = "" if values.pop("language") == ENGLISH else self.cleaned_data["language"]
        return Search(language=language, is_near=not values.pop("only_here"), **values)


def _plain(text: str) -> str:
    """Without what no keyboard types, which databases and shells choke on."""
    return "".join(each if each.isprintable() else " " for each in text)
