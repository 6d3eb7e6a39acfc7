"""What is typed and dropped on the pages of certificates, and what holders let a check show."""

from collections.abc import Sequence
from typing import Any

from django import forms

from certificates import names
from certificates.bulk import TOGETHER
from certificates.code import LONGEST_TYPED, NotACode, is_of_passport, normalised
from certificates.looks import Shape
from certificates.models import Batch
from training.people.models import Agency


class CodeForm(forms.Form):
    """A code as somebody typed it, cleaned to its stored form."""

    code = forms.CharField(
        label="Code on the certificate",
        help_text="32 letters and numbers. Capitals, spaces and hyphens do not matter.",
        max_length=LONGEST_TYPED,
        error_messages={"required": "Enter the code on the certificate"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )

    @property
    def is_of_passport(self) -> bool:
        """Whether a link to a passport was pasted; the form must be valid."""
        return is_of_passport(self.data["code"])

    def clean_code(self) -> str:
        """The stored form; what cannot be a code is said to be so before anything is looked up."""
        try:
            return normalised(self.cleaned_data["code"])
        except NotACode:
            raise forms.ValidationError(
                "Check the code: it has 32 letters and numbers, in groups of four. The letter U is never used."
            ) from None


class BatchForm(forms.Form):
    """Which certificates to print, and how."""

    module = forms.ChoiceField(label="Of which module?", error_messages={"required": "Choose a module"})
    form = forms.ChoiceField(
        label="What do you need?",
        help_text=f"To print, more than {TOGETHER} certificates, or several designs, come as a ZIP of several files.",
        choices=Batch.Form.choices,
        widget=forms.RadioSelect,
        initial=Batch.Form.ZIP,
    )
    shape = forms.ChoiceField(
        label="On what?", choices=Shape.choices, widget=forms.RadioSelect, initial=Shape.LANDSCAPE
    )
    tells = forms.BooleanField(
        label="Also mail each person where their certificates are",
        help_text="The mail says nothing of what they are about.",
        required=False,
    )
    source = forms.RegexField(r"^file:[0-9a-f-]{36}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, modules: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choice: forms.ChoiceField = self.fields["module"]  # type: ignore[assignment]
        of_file = bool((self.data or self.initial).get("source"))
        choice.choices = [("", "All modules of the file" if of_file else "Choose"), *modules]
        choice.required = not of_file


class PrintedNameForm(forms.Form):
    """A name to be printed, and who is to confirm it."""

    name = forms.CharField(
        label="How your name is to be printed",
        help_text="In any script. First names, last names, the order and the accents are yours to choose.",
        max_length=names.LONGEST,
        error_messages={"required": "Enter your name as it is to be printed"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    agency = forms.ChoiceField(
        label="Who may confirm that it is yours?",
        help_text="Their HR team sees the name you ask for.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may confirm it"},
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **more: Any) -> None:
        super().__init__(*args, **more)
        self.agencies = {agency.code: agency for agency in agencies}
        choice: forms.ChoiceField = self.fields["agency"]  # type: ignore[assignment]
        choice.choices = [(agency.code, agency.title) for agency in agencies]
        if not agencies:
            del self.fields["agency"]
        elif len(agencies) == 1:
            self.fields["agency"].initial = agencies[0].code

    def clean_name(self) -> str:
        """As it would be printed."""
        try:
            return names.cleaned(self.cleaned_data["name"])
        except names.PrintedNameError as reason:
            raise forms.ValidationError(str(reason)) from None

    @property
    def chosen(self) -> Agency | None:
        """Who is asked, if there is anybody."""
        return self.agencies.get(self.cleaned_data.get("agency", ""))


class DroppedForm(forms.Form):
    """A file to be checked."""

    file = forms.FileField(
        label="Certificate (PDF) or badge (JSON, PNG or SVG)",
        help_text="The file is looked at and not kept.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


class ShowingForm(forms.Form):
    """What a check of a certificate shows."""

    is_masked = forms.BooleanField(label="Show my initials instead of my name", required=False)
    shows_agency = forms.BooleanField(
        label="Show where I worked then", help_text="Otherwise nobody is told.", required=False
    )
    points_forward = forms.BooleanField(
        label="Lead to my later certificate of the same module",
        help_text="One that corrects or renews this one, wherever you work by then. It may have another name on it.",
        required=False,
    )
    is_paused = forms.BooleanField(
        label="Pause the page",
        help_text="Whoever has the code is told so, and badges are not accepted, until you end it.",
        required=False,
    )
