"""What people say about their own records, and what HR answers."""

from collections.abc import Iterable

from django import forms

from training.people.models import Correction
from training.people.models.corrections import LONGEST

NO_ADDRESS = "Enter an email address in the correct format, like name@example.org"
NOT_ABOUT_PEOPLE = "Do not write about other people, or about anybody's health."
CODE_BOX = {"autocomplete": "one-time-code", "spellcheck": "false", "class": "govuk-input--width-10"}


class EarlierAddressForm(forms.Form):
    """The work address under which an earlier record stands."""

    address = forms.EmailField(
        label="Your earlier work email address",
        help_text="You must still be able to read mail there. We will send a code to it.",
        error_messages={"required": "Enter your earlier work email address", "invalid": NO_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EarlierCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={"required": "Enter the code from the email"},
        widget=forms.TextInput(attrs=CODE_BOX),
    )


class CorrectionForm(forms.Form):
    """What is wrong, with which post, and a few words."""

    post = forms.ChoiceField(label="Which post is it about?", error_messages={"required": "Choose a post"})
    about = forms.ChoiceField(
        label="What is not right?",
        choices=Correction.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is not right"},
    )
    words = forms.CharField(
        label="What should it say?",
        help_text=f"For example 'I am a midwife since 1 March 2026'. {NOT_ABOUT_PEOPLE}",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write {LONGEST} characters or fewer"},
    )

    def __init__(self, *args, posts: Iterable[tuple[str, str]], **more) -> None:
        super().__init__(*args, **more)
        choices = list(posts)
        field = self.fields["post"]
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            field.initial, field.widget = choices[0][0], forms.HiddenInput()


class AnswerForm(forms.Form):
    """HR's answer."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[
            (Correction.Answer.CORRECTED, "I have put it right on our roster, and the next file will say so too"),
            (Correction.Answer.DECLINED, "I have not changed it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    words = forms.CharField(
        label="What the person should know",
        help_text=f"They read this. Needed where you have not changed it. {NOT_ABOUT_PEOPLE}",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write {LONGEST} characters or fewer"},
    )

    def clean(self) -> dict[str, str]:
        """A refusal says why."""
        given = super().clean() or {}
        if given.get("answer") == Correction.Answer.DECLINED and not given.get("words", "").strip():
            self.add_error("words", "Say why it is not changed")
        return given
