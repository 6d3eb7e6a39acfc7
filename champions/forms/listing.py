"""What a champion lets be seen, into clean values."""

from typing import Any

from django import forms

from champions.forms.plain import Words
from champions.offers import Audience, Channel, Day, Language, Listing, Specialism
from champions.selectors.listings import Terms
from training.ui.forms import NumberField

AUDIENCES = [("", "Nobody"), *Audience.choices]


def _audience(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=AUDIENCES, widget=forms.RadioSelect, required=False
    )


def _picks(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False)


class ListingForm(forms.Form):
    """What a champion lets be seen, and by whom."""

    name_to = _audience("Who sees your own name?")
    alias = Words(
        label="What the others call you",
        help_text="Another name. Leave it empty to be shown as ‘A champion’.",
        max_length=60,
        required=False,
    )
    agency_to = _audience("Who sees your agency?")
    locality_to = _audience("Who sees the district you work in?", "Never a more exact place.")
    specialisms_to = _audience("Who sees what you can help with?")
    specialisms = _picks("What I can help with", Specialism.choices)
    languages_to = _audience("Who sees the languages you speak?")
    languages = _picks("Languages beside English", Language.choices)
    days_to = _audience("Who sees your days?")
    days = _picks("Days on which I can be asked", Day.choices)
    channels_to = _audience("Who sees how you like to be reached?", "Never your number or address.")
    channels = _picks("Ways of being reached", Channel.choices)

    def listing(self) -> Listing:
        """The listing; the form must be valid."""
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in Listing.__dataclass_fields__}
        for name in ("specialisms", "languages", "days", "channels"):
            values[name] = tuple(values[name])
        return Listing(**values)


class OptInForm(ListingForm):
    """The listing, with the terms that one agrees to."""

    terms_version = NumberField(widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        label="I have read this and want to be listed",
        error_messages={"required": "Tick the box if you want to be listed"},
    )

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["terms_version"] = terms.number
