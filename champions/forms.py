"""What people choose and write in the network, into clean values."""

from typing import Any

from django import forms

from champions import terms
from champions.models import ChampionTurn, ContactRequest
from champions.offers import Day, Language, Listing, Specialism
from champions.selectors.directory import Choices, Search
from training.ui.forms import DateField

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


class RequestForm(forms.Form):
    """A request to a champion."""

    about = forms.ChoiceField(
        label="What is it about?",
        choices=ContactRequest.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about"},
    )
    urgency = forms.ChoiceField(
        label="How soon would an answer help?",
        choices=ContactRequest.Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how soon an answer would help"},
    )
    words = forms.CharField(
        label="A few lines, if you like",
        help_text="Do not write about real people: no names, no addresses, nothing that says who somebody is. "
        "Up to 600 characters.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "Write 600 characters or fewer"},
    )


class ReplyForm(forms.Form):
    """A champion's answer."""

    choice = forms.ChoiceField(
        label="Your answer",
        choices=ContactRequest.Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    words = forms.CharField(
        label="A line to go with it",
        help_text="How to reach you, when and where to meet, or whom to try. You decide what to give: "
        "your address and number are not passed on unless you write them here. Do not write about real people.",
        max_length=300,
        required=False,
        error_messages={"max_length": "Write 300 characters or fewer"},
    )


class BlockForm(forms.Form):
    """Somebody to keep away."""

    address = forms.EmailField(
        label="Their work e-mail address",
        help_text="We do not tell you whether anybody here has this address.",
        error_messages={
            "required": "Enter their address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )


class NominateForm(forms.Form):
    """Somebody to put forward."""

    address = forms.EmailField(
        label="Work e-mail address of the person you put forward",
        error_messages={
            "required": "Enter their work address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )


class AgreementForm(forms.Form):
    """When the manager agreed."""

    agreed_on = DateField(label="When did their manager agree?", help_text="For example, 27 3 2026")


class StandDownForm(forms.Form):
    """Why somebody stands down."""

    reason = forms.ChoiceField(
        label="Why, if it is known",
        choices=[("", "Not said"), *ChampionTurn.Reason.choices],
        required=False,
    )
