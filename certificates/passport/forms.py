"""What a holder says of a link to their passport."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from certificates.passport.selectors import Line

DAYS = {"7": "A week", "30": "30 days", "90": "90 days", "365": "A year"}


class ShareForm(forms.Form):
    """To which modules a link leads, until when, and for whom it was made."""

    modules = forms.MultipleChoiceField(
        label="What do you want to show?",
        help_text="If you choose none, it shows all of it, and what you learn while the link is open.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label="How long should the link work?",
        help_text="You can end it at any time.",
        choices=list(DAYS.items()),
        initial="30",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how long the link should work"},
    )
    label = forms.CharField(
        label="Who is it for?", help_text="For yourself: nobody else reads it.", max_length=60, required=False
    )

    def __init__(self, data: Any, *, lines: Iterable[Line], on: date) -> None:
        super().__init__(data)
        self.on = on
        choices = {line.words.module_code: f"{line.words.module_title} ({line.words.module_code})" for line in lines}
        field = self.fields["modules"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices.items())

    @property
    def last_on(self) -> date:
        """The last day on which the link works; the form must be valid."""
        return self.on + timedelta(days=int(self.cleaned_data["days"]))
