"""What is said on the noticeboard, and what becomes of it."""

from django import forms

from champions.forms.enquiries import NO_NAMES, long_text
from champions.forms.plain import Words
from champions.models import LONGEST_CONTRIBUTION, Contribution


class ContributionForm(forms.Form):
    """Something to say."""

    words = long_text("What you want to say", LONGEST_CONTRIBUTION, help_text=NO_NAMES, required="Write something")
    to = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ThreadForm(forms.Form):
    """Something more to talk about."""

    title = Words(
        label="What can be talked about",
        max_length=100,
        help_text="A few words. Do not write about real people.",
        error_messages={"required": "Write what can be talked about", "max_length": "Write 100 characters or fewer"},
    )


class RemoveForm(forms.Form):
    """Why something is removed."""

    why = forms.ChoiceField(
        label="Why",
        choices=Contribution.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is removed"},
    )
