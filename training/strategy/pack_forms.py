"""What a coordinator types to change a strategy: a whole file, or one thing."""

from collections.abc import Iterable
from typing import Any

from django import forms

from training.ui.forms import NumberField

from .models import Indicator
from .pack import LARGEST_TARGET, Commitment, Evidence, Outcome, Pack, Status, Target, Unit

LARGEST_PACK = 500_000
LONGEST_TITLE = 160
STATUSES = [
    (Status.DRAFT.value, "Draft: only you read it"),
    (Status.CURRENT.value, "Current: figures are held against it"),
    (Status.HISTORIC.value, "Historic: its time is over"),
]
EVIDENCES = [
    (Evidence.DIRECT.value, "Directly: the figures are about the very thing"),
    (Evidence.INDIRECT.value, "In part: the figures supply some of the evidence"),
    (Evidence.NONE.value, "Not at all: no figure stands beside it, and the page says so"),
]
COMMITMENTS = [
    (Commitment.ADOPTED.value, "It has adopted the strategy"),
    (Commitment.SUPPORTING.value, "It supports the strategy"),
    (Commitment.PENDING.value, "It has not confirmed anything: it is not named in public"),
]


class PackFileForm(forms.Form):
    """A whole strategy."""

    file = forms.FileField(label="Strategy file", help_text="YAML, at most 500 KB. Nothing is saved before you agree.")

    def clean_file(self) -> bytes:
        """What the file holds."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PACK:
            raise forms.ValidationError("This file is larger than 500 KB, and no strategy is. Is it the right one?")
        return bytes(file.read())


class AboutForm(forms.Form):
    """Title, years and status, and which strategy it follows."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    from_year = NumberField(label="First year")
    to_year = NumberField(label="Last year")
    status = forms.ChoiceField(label="Status", choices=STATUSES, widget=forms.RadioSelect)
    follows = forms.ChoiceField(
        label="Which strategy does it follow?",
        required=False,
        help_text="If you choose another one, links of outcomes to the one before are dropped.",
    )

    def __init__(self, data: Any, *, pack: Pack, others: Iterable[tuple[str, str]]) -> None:
        initial = {
            "title": pack.title,
            "from_year": pack.period.from_year,
            "to_year": pack.period.to_year,
            "status": pack.status.value,
            "follows": pack.succeeds.pack if pack.succeeds else "",
        }
        super().__init__(data, initial=initial)
        self.fields["follows"].choices = [("", "None"), *others]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """The wording of one outcome, and what evidences it."""

    title = forms.CharField(label="What will be different", max_length=LONGEST_TITLE)
    evidence = forms.ChoiceField(
        label="How far do training records show it?", choices=EVIDENCES, widget=forms.RadioSelect
    )
    indicators = forms.MultipleChoiceField(
        label="Which figures evidence it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those that it names now stand first",
    )

    def __init__(self, data: Any, *, outcome: Outcome, indicators: Iterable[Indicator]) -> None:
        initial = {
            "title": outcome.title,
            "evidence": outcome.evidence.value,
            "indicators": list(outcome.indicators),
        }
        super().__init__(data, initial=initial)
        named = sorted(indicators, key=lambda each: each.code not in outcome.indicators)
        self.fields["indicators"].choices = [(each.code, each.title) for each in named]  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """What a strategy aims for."""

    value = NumberField(
        label="Target", required=False, min_value=0, max_value=LARGEST_TARGET, help_text="Leave empty for no target"
    )
    note = forms.CharField(
        label="Note", required=False, max_length=300, help_text="Where the target comes from, or what to beware of"
    )

    def __init__(self, data: Any, *, indicator: Indicator, target: Target | None) -> None:
        initial = {"value": target.value, "note": target.note} if target else None
        super().__init__(data, initial=initial)
        if indicator.unit == Unit.PERCENT:
            self.fields["value"].label = "Target, in percent"


class CommitmentForm(forms.Form):
    """What an agency has confirmed about a strategy."""

    commitment = forms.ChoiceField(
        label="What has it confirmed?",
        choices=COMMITMENTS,
        widget=forms.RadioSelect,
        help_text="Choose one of the first two once you have it in writing. Both are published with its name.",
    )


class LinksForm(forms.Form):
    """Which outcomes of the strategy before an outcome carries on."""

    earlier = forms.MultipleChoiceField(
        label="Which earlier outcomes does it carry on?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, carried: Iterable[str], earlier: Pack) -> None:
        super().__init__(data, initial={"earlier": list(carried)})
        choices = [(each.ref, f"{each.ref} {each.title}") for each in earlier.outcomes]
        self.fields["earlier"].choices = choices  # type: ignore[attr-defined]
