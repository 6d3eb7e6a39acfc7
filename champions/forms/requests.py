"""Requests, answers, and whom to keep away."""

from django import forms

from champions.models import ContactRequest


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
