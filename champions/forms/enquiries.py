"""What is asked of the network, answered, and read over."""

from typing import Any

from django import forms

from champions.forms.plain import Address, Words
from champions.models import LONGEST_ANSWER, LONGEST_ENQUIRY, Enquiry, KeptAnswer

NO_NAMES = "Do not write about real people: no names, no places, nothing that says who somebody is."


def long_text(label: str, most: int, *, help_text: str, rows: int = 6, required: str) -> Words:
    """A box for plain text of so many characters."""
    return Words(
        label=label,
        help_text=f"{help_text} Up to {most} characters.",
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": f"Write {most} characters or fewer"},
    )


class EnquiryForm(forms.Form):
    """Something to ask the network."""

    words = long_text(
        "What would you like to know?",
        LONGEST_ENQUIRY,
        help_text=NO_NAMES,
        required="Write what you would like to know",
    )


class AnswerEnquiryForm(forms.Form):
    """A champion's answer, or a specialist's."""

    words = long_text("Your answer", LONGEST_ANSWER, help_text=NO_NAMES, rows=10, required="Write an answer")


class SpecialistForm(forms.Form):
    """A specialist to ask, and what is put to them."""

    address = Address(
        label="E-mail address of the specialist",
        help_text="They get a link that works once, for 14 days. No account is needed.",
        error_messages={
            "required": "Enter their address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )
    question = long_text(
        "What you ask them",
        LONGEST_ENQUIRY,
        help_text="Say it in your own words if what was asked could tell who somebody is.",
        required="Write what you ask them",
    )


class DecisionForm(forms.Form):
    """What becomes of an enquiry."""

    question = long_text(
        "The question, as it is kept", LONGEST_ENQUIRY, help_text=NO_NAMES, required="Write the question"
    )
    answer = long_text(
        "The answer", LONGEST_ANSWER, help_text="What the asker gets. " + NO_NAMES, rows=10, required="Write an answer"
    )
    said_by = forms.ChoiceField(
        label="Whose answer it is",
        help_text="No name is shown.",
        choices=KeptAnswer.SaidBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose answer it is"},
    )
    decision = forms.ChoiceField(
        label="What becomes of it",
        choices=Enquiry.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )

    def clean(self) -> dict[str, Any]:
        """What is declined needs no answer."""
        values = super().clean() or self.cleaned_data
        if values.get("decision") == Enquiry.Decision.DECLINED:
            for name in ("question", "answer", "said_by"):
                self.errors.pop(name, None)
                values.setdefault(name, "")
        return values
