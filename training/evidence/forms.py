"""What HR, learners and the partnership send in, into clean values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from training.pathways.models import Module
from training.people.models import Agency
from training.ui.forms import DateField, NumberField

from .models import Mode, RowKind
from .register import Terms
from .services import Given
from .uploads import MOST_BYTES

MODE_CHOICES = [
    (Mode.HISTORY, "Record all of it, as history"),
    (Mode.OPEN, "Record only what is asked for and not in date"),
    (Mode.NEWER, "Record only what is newer than what stands here"),
]
SAID_HELP = "The learner reads this. Do not write about anybody's health or home life."


def _module_choices(modules: Iterable[Module]) -> list[tuple[str, str]]:
    return [("", "Choose a module"), *((str(module.pk), str(module)) for module in modules)]


class CompletionFileForm(forms.Form):
    """A completion file."""

    file = forms.FileField(
        label="Completion file",
        help_text=f"CSV or Excel (.xlsx), up to {settings.ROSTER_MAX_BYTES // 1_000_000} MB",
        allow_empty_file=True,
        error_messages={"required": "Choose a completion file"},
    )
    mode = forms.ChoiceField(
        label="Which rows to record",
        choices=MODE_CHOICES,
        initial=Mode.HISTORY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which rows to record"},
    )
    person = forms.CharField(
        label="Employee reference, if the file is about one person",
        help_text="A person's own export does not say whose it is. Leave this empty for a file about several people.",
        max_length=60,
        required=False,
    )

    def clean_file(self) -> Any:
        """No larger than a file of rows can be."""
        file = self.cleaned_data["file"]
        if file.size > settings.ROSTER_MAX_BYTES:
            most = settings.ROSTER_MAX_BYTES // 1_000_000
            is_workbook = file.read(2) == b"PK"
            rest = "Leave out pictures and other sheets." if is_workbook else "Send it in parts."
            raise forms.ValidationError(f"The file is larger than {most} MB. {rest}")
        return file


class KindForm(forms.Form):
    """Which rows to show."""

    kind = forms.ChoiceField(label="Rows", required=False, choices=[("", "All"), *RowKind.choices])


class ExportForm(forms.Form):
    """What the file for HR's own systems holds."""

    since = DateField(label="Completed from", required=False)
    until = DateField(label="Completed until", required=False)
    competence = forms.RegexField(
        r"^[A-Za-z0-9]{1,20}$",
        label="Competence prefix",
        help_text="What your competences begin with in ESR: usually your trust's three-figure number.",
        required=False,
        error_messages={"invalid": "Use letters and figures alone"},
    )


class FileForm(forms.Form):
    """A certificate or what else shows that training was done."""

    file = forms.FileField(
        label="Certificate, if you have one",
        help_text=f"A PDF, or a picture as JPEG or PNG, up to {MOST_BYTES // 1_000_000} MB.",
        required=False,
        allow_empty_file=True,
    )


class GiveForm(FileForm):
    """Training done elsewhere, as its learner tells it."""

    title = forms.CharField(label="Title of the course", max_length=200)
    provider = forms.CharField(label="Who gave the course", max_length=160, required=False)
    completed_on = DateField(label="When you finished it", help_text="For example, 27 3 2026")
    reference = forms.CharField(label="Number of the certificate", max_length=120, required=False)
    agency = forms.TypedChoiceField(label="Whose HR should decide", coerce=int)
    field_order = ("title", "provider", "completed_on", "reference", "agency", "file")

    def __init__(self, *args: Any, agencies: list[Agency], **more: Any) -> None:
        super().__init__(*args, **more)
        self.agencies = {agency.pk: agency for agency in agencies}
        if len(agencies) > 1:
            self.fields["agency"].choices = [(agency.pk, agency.title) for agency in agencies]  # type: ignore[attr-defined]
        else:
            del self.fields["agency"]

    @property
    def given(self) -> Given:
        """What was told; the form must be valid."""
        said = self.cleaned_data
        return Given(said["title"], said["provider"], said["completed_on"], said["reference"])

    @property
    def chosen_agency(self) -> Agency:
        """Whose HR decides."""
        return self.agencies[self.cleaned_data.get("agency") or next(iter(self.agencies))]


class DecideForm(forms.Form):
    """HR's decision on one piece of evidence."""

    ACCEPT, DECLINE, ASK = "accept", "decline", "ask"

    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    module = forms.ChoiceField(label="It counts as, if you accept it", required=False)
    employee_ref = forms.CharField(label="Whose it is: their employee reference", max_length=60, required=False)
    said = forms.CharField(
        label="What the learner should know, if you decline it or ask",
        help_text=SAID_HELP,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, modules: list[Module], is_known: bool, may_ask: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.modules = {str(module.pk): module for module in modules}
        self.fields["module"].choices = _module_choices(modules)  # type: ignore[attr-defined]
        choices = [(self.ACCEPT, "Accept it"), (self.DECLINE, "Decline it")]
        if may_ask:
            choices.append((self.ASK, "Ask the learner for more"))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        if is_known:
            del self.fields["employee_ref"]

    def clean(self) -> dict[str, Any]:
        """What the decision needs."""
        said = super().clean() or self.cleaned_data
        if said.get("decision") == self.ACCEPT:
            if "module" not in self.errors and not said.get("module"):
                self.add_error("module", "Choose the module that it counts as")
            if "employee_ref" in self.fields and not said.get("employee_ref"):
                self.add_error("employee_ref", "Say whose training it is")
        elif said.get("decision") and not said.get("said", "").strip():
            self.add_error("said", "Say why: the learner reads it")
        return said

    @property
    def chosen_module(self) -> Module:
        """What it counts as."""
        return self.modules[self.cleaned_data["module"]]


class ProposalForm(forms.Form):
    """An outside course and the module it is to count for."""

    external_title = forms.CharField(label="Title of the outside course", max_length=200)
    provider = forms.CharField(
        label="Who gives it",
        help_text="As your files write it. Empty means whoever gives it.",
        max_length=160,
        required=False,
    )
    module = forms.ChoiceField(label="Counts for", error_messages={"required": "Choose a module"})
    maximum_age_months = NumberField(
        label="Oldest it may be, in months",
        help_text="On the day somebody was first asked for the module. Empty means however old.",
        min_value=1,
        max_value=240,
        required=False,
    )
    evidence = forms.CharField(
        label="On what evidence",
        help_text="The syllabus that was compared, for example.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, modules: list[Module], **more: Any) -> None:
        super().__init__(*args, **more)
        self.modules = {str(module.pk): module for module in modules}
        self.fields["module"].choices = _module_choices(modules)  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """What the entry says; the form must be valid."""
        said = self.cleaned_data
        return Terms(
            module=self.modules[said["module"]],
            external_title=said["external_title"],
            provider=said["provider"],
            evidence=said["evidence"],
            maximum_age_months=said["maximum_age_months"],
        )


class EntryForm(ProposalForm):
    """An entry of the register, as the partnership decides it."""

    accepted_by = forms.CharField(label="Accepted by", help_text="The group or post that decided.", max_length=160)
    starts_on = DateField(label="From", help_text="The day it was agreed; today or earlier.")


class EndForm(forms.Form):
    """The end of an entry."""

    ends_on = DateField(label="Last day", help_text="Nothing is decided by it after this day.")


class DeclineProposalForm(forms.Form):
    """Why a proposal is declined."""

    said = forms.CharField(
        label="Why", help_text="Their HR reads this.", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
