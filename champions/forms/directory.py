"""What the coordinator says of the directory: its terms, and which districts lie beside each other."""

from collections.abc import Iterable
from typing import Any

from django import forms

from champions.forms.plain import Words
from champions.selectors.listings import Terms
from training.people.models import Locality
from training.ui.forms import NumberField


class TermsForm(forms.Form):
    """The wording that champions agree to, a sentence on a line."""

    number = NumberField(widget=forms.HiddenInput)
    text = Words(
        label="What champions agree to",
        help_text="One sentence on each line. Do not write about real people.",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Write at least one sentence", "max_length": "Write 6,000 characters or fewer"},
    )

    def __init__(self, data: Any, now: Terms) -> None:
        super().__init__(data, initial={"number": now.number, "text": "\n".join(now.sentences)})

    def sentences(self) -> list[str]:
        """The lines; the form must be valid."""
        return self.cleaned_data["text"].splitlines()


class NeighboursForm(forms.Form):
    """The districts beside one."""

    beside = forms.TypedMultipleChoiceField(
        label="Which districts lie beside it?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, of: Locality, others: Iterable[Locality], beside: set[int]) -> None:
        super().__init__(data, initial={"beside": [str(pk) for pk in beside]})
        field = self.fields["beside"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.pk), each.title) for each in others if each.pk != of.pk]
