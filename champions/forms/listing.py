"""What a champion lets be seen, into clean values."""

from typing import Any

from django import forms

from champions import terms
from champions.offers import Day, Language, Listing, Specialism


class ListingForm(forms.Form):
    """What a champion lets be seen."""

    alias = forms.CharField(
        label="Another name to show in place of yours",
        help_text="Leave it empty to show your own name.",
        max_length=60,
        required=False,
    )
    shows_agency = forms.BooleanField(label="Show my agency", required=False)
    shows_locality = forms.BooleanField(
        label="Show the district I work in", help_text="Never a more exact place.", required=False
    )
    shows_specialisms = forms.BooleanField(label="Show what I can help with", required=False)
    specialisms = forms.MultipleChoiceField(
        label="What I can help with",
        choices=Specialism.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shows_languages = forms.BooleanField(label="Show the languages I speak", required=False)
    languages = forms.MultipleChoiceField(
        label="Languages beside English", choices=Language.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    shows_days = forms.BooleanField(label="Show my days", required=False)
    days = forms.MultipleChoiceField(
        label="Days on which I can be asked", choices=Day.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def listing(self) -> Listing:
        """The listing; the form must be valid."""
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in Listing.__dataclass_fields__}
        for name in ("specialisms", "languages", "days"):
            values[name] = tuple(values[name])
        return Listing(**values)


class OptInForm(ListingForm):
    """The listing, with the terms that one agrees to."""

    terms_version = forms.IntegerField(widget=forms.HiddenInput, initial=terms.VERSION)
    agrees = forms.BooleanField(
        label="I have read this and want to be listed",
        error_messages={"required": "Tick the box if you want to be listed"},
    )
