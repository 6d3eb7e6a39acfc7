"""Requests, answers, and whom to keep away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from champions.forms.plain import Address, Words
from champions.models import Champion, ContactRequest

NEEDS_WORDS = {
    ContactRequest.Reply.CALL: "Write where to call you",
    ContactRequest.Reply.MEET: "Write where and when to meet",
}


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
    words = Words(
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
        choices=[each for each in ContactRequest.Reply.choices if each[0] != ContactRequest.Reply.GONE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    words = Words(
        label="A line to go with it",
        help_text="Where to call you and when, or where to meet. You decide what to give: your address and number "
        "are not passed on unless you write them here. Do not write about real people.",
        max_length=300,
        required=False,
        error_messages={"max_length": "Write 300 characters or fewer"},
    )

    suggested = forms.ChoiceField(
        label="Whom to try instead",
        help_text="If you are not the right person. They are asked only if the sender chooses to.",
        required=False,
        error_messages={"invalid_choice": "Choose from the list"},
    )

    def __init__(self, data: Any, others: Iterable[Champion], names: Mapping[int, str]) -> None:
        super().__init__(data)
        self.others = {str(each.uid): each for each in others}
        field = self.fields["suggested"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Nobody in particular"),
            *((uid, names[each.pk]) for uid, each in self.others.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A call needs to know where, a meeting too; whom to try goes with 'not me' alone."""
        values = super().clean() or self.cleaned_data
        choice = values.get("choice")
        if choice in NEEDS_WORDS and "words" in values and not any(map(str.isalnum, values["words"])):
            self.add_error("words", NEEDS_WORDS[choice])
        is_not_me = choice == ContactRequest.Reply.NOT_ME
        values["suggested"] = self.others.get(values.get("suggested", "")) if is_not_me else None
        return values


class BlockForm(forms.Form):
    """Somebody to keep away."""

    address = Address(
        label="Their work e-mail address",
        help_text="We do not tell you whether anybody here has this address.",
        error_messages={
            "required": "Enter their address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )
