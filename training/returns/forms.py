"""What agencies and coordinators send in about returns."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from training.pathways.models import Module
from training.people.models import RoleGroup
from training.ui.forms import DateField, NumberField

from .errors import BadFile
from .filled import LONGEST_EVIDENCE
from .limits import Declared, Group
from .models import MOST_DAYS, USUAL_DAYS, CorrectionReason, How, SentBackReason
from .quarters import Quarter
from .services.filling import Line
from .sheets import MOST_BYTES, people_in, plain_words


class PeopleField(forms.CharField):
    """A number of people, typed."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": "Enter how many people"}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"})

    def clean(self, value: Any) -> int | None:
        """The number; None where it is not needed and not there."""
        typed = super().clean(value)
        try:
            return people_in(typed) if typed else None
        except ValueError as wrong:
            raise forms.ValidationError(f"{self.label}: {wrong}") from None


class LineForm(forms.Form):
    """One line of a return."""

    role_group = forms.ModelChoiceField(RoleGroup.objects.order_by("title"), label="Role group", empty_label="Choose")
    module = forms.ModelChoiceField(Module.objects.none(), label="Module", empty_label="Choose")
    trained = PeopleField(
        label="How many people were trained?",
        help_text="Count each person once. Do not include people whose training is recorded here by name",
    )
    how = forms.ChoiceField(label="How?", choices=How.choices, widget=forms.RadioSelect, initial=How.SESSION)
    evidence = forms.CharField(
        label="Where is the evidence kept?",
        help_text="A reference, such as the number of a register. No names",
        required=False,
    )

    def __init__(self, *args: Any, modules: Iterable[Module], **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Module.objects.filter(pk__in=[each.pk for each in modules])
        self.fields["module"].queryset = rows.order_by("tier__position", "position")  # type: ignore[attr-defined]

    def clean_evidence(self) -> str:
        """Words, on one line."""
        try:
            return plain_words(self.cleaned_data["evidence"], LONGEST_EVIDENCE)
        except ValueError as wrong:
            raise forms.ValidationError(f"Where the evidence is kept: {wrong}") from None

    @property
    def line(self) -> Line:
        """What was sent in."""
        return Line(**self.cleaned_data)


class SheetForm(forms.Form):
    """A filled-in template."""

    file = forms.FileField(
        label="Filled-in template", help_text="CSV, up to 1 MB", error_messages={"required": "Choose a file"}
    )

    def clean_file(self) -> bytes:
        """What is in it."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)

    def refused(self, wrong: BadFile) -> None:
        """Show what is wrong with the file, row by row."""
        self.add_error("file", [str(wrong), *wrong.rows])


class HandOverForm(forms.Form):
    """Handing a return over."""

    held_none = forms.BooleanField(label="We held no training of our own in this quarter", required=False)


class CorrectionForm(forms.Form):
    """Why a signed return is put right."""

    reason = forms.ChoiceField(
        label="Why does it have to be put right?", choices=CorrectionReason.choices, widget=forms.RadioSelect
    )


class SendBackForm(forms.Form):
    """Why a return is sent back."""

    reason = forms.ChoiceField(
        label="Why do you send it back?", choices=SentBackReason.choices, widget=forms.RadioSelect
    )


class SignForm(forms.Form):
    """Which version was on the page that was signed."""

    shown = NumberField(min_value=1, widget=forms.HiddenInput)


class HeadCountForm(forms.Form):
    """One head-count."""

    counted_on = DateField(label="On which day did you count?", required=True)
    group = forms.ChoiceField(label="Whom did you count?", choices=())
    people = PeopleField(
        label="How many people?", help_text="People, not posts or full-time equivalents. Count everybody you employ"
    )

    def __init__(self, *args: Any, groups: Mapping[Group, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["group"].choices = [(":".join(group), title) for group, title in groups.items()]  # type: ignore[attr-defined]

    @property
    def declared(self) -> Declared:
        """What was sent in."""
        kind, _, code = self.cleaned_data["group"].partition(":")
        return Declared(self.cleaned_data["counted_on"], (kind, code), self.cleaned_data["people"])


class HeadCountSheetForm(SheetForm):
    """A filled-in template of head-counts, all of one day."""

    counted_on = DateField(label="On which day did you count?", required=True)
    field_order = ("counted_on", "file")


class TermsForm(forms.Form):
    """From which quarter returns are asked for, and how soon."""

    quarter_on = forms.TypedChoiceField(label="From which quarter on?", coerce=date.fromisoformat, choices=())
    due_days = NumberField(
        label="Days after a quarter's end on which returns are due",
        help_text=f"From 1 to {MOST_DAYS}; {USUAL_DAYS} is usual",
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.starts_on.isoformat(), each.title) for each in quarters]
        self.fields["quarter_on"].choices = choices  # type: ignore[attr-defined]


class QuarterForm(forms.Form):
    """Which quarter is shown."""

    quarter = forms.ChoiceField(label="Quarter", required=False, choices=())

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["quarter"].choices = [(each.code, each.title) for each in quarters]  # type: ignore[attr-defined]
