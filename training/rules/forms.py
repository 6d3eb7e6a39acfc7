"""What the keepers of rules send in."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms

from training.pathways.models import Module, ReasonCode, RequestReason, SignUp, Tier, TriggerEvent
from training.pathways.rules import Kind, RuleVersion
from training.pathways.services.triggers import LONGEST_DAYS
from training.people.kinds import AgencyKind
from training.ui.forms import DateField, NumberField

from .selectors import audience_choices
from .wording import WAYS, Way

MOST_MONTHS = 240  # Twenty years: more is a slip of the keyboard
USUAL_DAYS = 30  # after an event, where a rule says none
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
KINDS = [kind for kind in AgencyKind.choices if kind[0] != AgencyKind.COMMUNITY]
"""What an agency can be said to be: the roster of community champions is none, and no figure counts it."""
PLAIN = {
    field.name: field.default
    for field in fields(RuleVersion)
    if field.name not in ("requirement", "module", "starts_on", "refreshers")
}
"""What a version says where it says nothing."""

LABELS = {
    "validity_months": ("Months until it has to be done again", "24 months is two years"),
    "window_days": ("Days before the end on which renewal opens", "From then on it shows as due soon. 0 for none"),
    "window_months": ("Months before the end on which renewal opens", "From then on it shows as due soon. 0 for none"),
    "grace_days": (
        "Days after the end on which a refresher still renews",
        "It puts off nothing that is due. 0 where there is no refresher",
    ),
    "fixed_day": ("Day of the month on which it ends for everyone", "31, for example"),
    "fixed_month": ("Month in which it ends for everyone", "As a number: 3 is March"),
    "minimum_life_months": (
        "Months that training is good for at least",
        "Who finishes shortly before the day is good until the year after",
    ),
    "attendance_count": ("Separate days of attendance", ""),
    "attendance_months": ("Months within which they have to fall", ""),
    "rolling_hours": ("Hours of training", ""),
    "rolling_months": ("Months within which they have to fall", ""),
    "induction_days": ("Days a new post has to do it for the first time", "56 days are eight weeks"),
}
AFTER_EVENT = ("Days there usually are after an event", "Each event that you put on record can say another number")
MOST = {
    "fixed_day": 31,
    "fixed_month": 12,
    "window_days": 366,
    "window_months": 60,
    "grace_days": 366,
    "attendance_count": 100,
    "rolling_hours": 1000,
    "induction_days": 730,
}


class TierForm(forms.Form):
    """Which tier the matrix shows."""

    tier = forms.ModelChoiceField(Tier.objects.none(), label="Tier", required=False, empty_label="All tiers")

    def __init__(self, data: Any, *, tiers: Any) -> None:
        super().__init__(data)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]


class AudienceForm(forms.Form):
    """A new rule: whom it asks, for which module, and how it is met. What it says comes next."""

    who = forms.ChoiceField(label="Whom does it ask?", choices=())
    agency_kind = forms.ChoiceField(
        label="Only in agencies of one kind", choices=[("", "In every agency"), *AgencyKind.choices], required=False
    )
    module = forms.ModelChoiceField(Module.objects.none(), label="Which module?", empty_label="Choose")
    way = forms.ChoiceField(label="How is it met?", widget=forms.RadioSelect, choices=())

    def __init__(self, *args: Any, modules: Any, is_agency: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].choices = [("", "Choose"), *audience_choices()]  # type: ignore[attr-defined]
        self.fields["module"].queryset = modules  # type: ignore[attr-defined]
        self.fields["way"].choices = [(way.code, way.title) for way in WAYS]  # type: ignore[attr-defined]
        if is_agency:
            del self.fields["agency_kind"]

    @property
    def audience(self) -> dict[str, Any]:
        """Whom it asks, as `Requirement` names it."""
        who = self.cleaned_data["who"]
        name = "designation_id" if who[0] == "d" else "role_group_id"
        return {name: int(who[1:]), "agency_kind": self.cleaned_data.get("agency_kind", "")}


class WayForm(forms.Form):
    """Another way of meeting a rule."""

    way = forms.ChoiceField(label="How is it met?", widget=forms.RadioSelect, choices=())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["way"].choices = [(way.code, way.title) for way in WAYS]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """What a rule says from a day: the fields of one way of meeting it."""

    from_on = DateField(
        label="From which day?", help_text="What was asked before that day stays on record as it was", required=True
    )

    def __init__(self, *args: Any, way: Way, base: RuleVersion | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.way = way
        in_months = bool(base and base.window_months)
        left_out = "window_days" if in_months else "window_months"
        for name in (*way.fields, "induction_days"):
            if name == left_out:
                continue
            label, hint = AFTER_EVENT if way.kind is Kind.TRIGGERED else LABELS[name]
            value = getattr(base, name, None) if base else None
            self.fields[name] = NumberField(
                label=label,
                help_text=hint,
                min_value=0,
                max_value=MOST.get(name, MOST_MONTHS),
                initial=PLAIN[name] if value is None else value,
            )
        self.fields["ends_on"] = DateField(
            label="Last day, if it is for a while only",
            help_text="Leave it empty to go on until changed",
            required=False,
        )

    def clean_from_on(self) -> date:
        """A day that a rule can begin on; the rest of a slip is caught by the rules themselves."""
        day = self.cleaned_data["from_on"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError("Enter a day from 2000 to 2099")
        return day

    @property
    def from_day(self) -> date:
        """The first day."""
        return self.cleaned_data["from_on"]

    @property
    def said(self) -> dict[str, Any]:
        """All that the rule then says, as the services take it: what the way does not ask for is left plain."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in PLAIN}
        return PLAIN | typed | {"kind": self.way.kind, "basis": self.way.basis}


class EndForm(forms.Form):
    """The last day on which a rule asks anything."""

    last_on = DateField(label="Last day on which it asks", help_text="Training that people have done is kept")


class TriggerForm(forms.Form):
    """An event that starts a rule's clock for all on whom it falls, within the days that the rule says, or others."""

    event = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect, choices=TriggerEvent.choices)
    happened_on = DateField(label="On which day?")
    days_to_complete = NumberField(
        label="Days to do it in", min_value=1, max_value=LONGEST_DAYS, help_text="Counted from that day"
    )

    def __init__(self, data: Any, *, version: RuleVersion | None, on: date) -> None:
        usual = version.induction_days if version else 0
        super().__init__(data, initial={"happened_on": on, "days_to_complete": usual or USUAL_DAYS})


class RequestForm(forms.Form):
    """More time, please."""

    wished_on = DateField(label="Until which day would you like?")
    reason_code = forms.ChoiceField(
        label="What would help your HR team to decide",
        help_text="You do not have to say. What you choose is deleted as soon as they have decided.",
        choices=RequestReason.choices,
        widget=forms.RadioSelect,
        initial=RequestReason.NOT_SAID,
    )


class ManagersRequestForm(forms.Form):
    """More time for somebody in one's team. Nothing about them can be said."""

    wished_on = DateField(label="Until which day?", help_text="Your HR team decides, and may choose another day")


class EndExemptionForm(forms.Form):
    """The last day on which somebody is excused."""

    ends_on = DateField(label="Last day on which they are excused")


class SignUpForm(forms.Form):
    """An agency's commitment to the live version of the pathway."""

    state = forms.ChoiceField(label="How firm is it?", widget=forms.RadioSelect, choices=SignUp.State.choices)
    signed_on = DateField(label="On which day was it signed?")
    signatory_post = forms.CharField(
        label="In which post did the signatory sign?",
        help_text="The post, not the name: Chief Nurse, for example. It is shown in public once confirmed",
        max_length=160,
    )


class KindForm(forms.Form):
    """What kind of organisation an agency is."""

    kind = forms.ChoiceField(label="What kind of organisation is it?", choices=KINDS)


class DecisionForm(forms.Form):
    """The day that HR agrees to: the wished one or another."""

    due_on = DateField(label="New due date")


class PeopleForm(forms.Form):
    """Which of the agency's people to choose from."""

    text = forms.CharField(label="Name or employee reference", required=False, max_length=80)
    module = forms.TypedChoiceField(label="Module", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, modules: Iterable[Module]) -> None:
        super().__init__(data)
        self.fields["module"].choices = [("", "Choose a module"), *((it.pk, str(it)) for it in modules)]  # type: ignore[attr-defined]


class AgreeForm(forms.Form):
    """What is agreed for the posts that were ticked."""

    EXEMPT, EXTEND = "exempt", "extend"

    do = forms.ChoiceField(
        label="What have you agreed?",
        widget=forms.RadioSelect,
        choices=[(EXTEND, "More time: a later due date"), (EXEMPT, "They do not have to do it")],
    )
    until = DateField(
        label="Until which day?",
        help_text="The new due date, or the last day on which they are excused",
        required=False,
    )
    reason_code = forms.ChoiceField(
        label="If they do not have to do it: on what ground?",
        choices=[("", "Choose"), *ReasonCode.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """More time needs a day; an exemption a ground."""
        said = super().clean() or {}
        if said.get("do") == self.EXTEND and not said.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the new due date")
        if said.get("do") == self.EXEMPT and not said.get("reason_code"):
            self.add_error("reason_code", "Choose a ground: it says nothing about the person")
        return said


class AgencyRulesForm(forms.Form):
    """Whether to show rules for jobs that nobody at the agency has."""

    everybody = forms.BooleanField(label="Also jobs and duties that nobody has at the moment", required=False)
    module = forms.TypedChoiceField(label="Module", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, modules: Iterable[Module]) -> None:
        super().__init__(data)
        self.fields["module"].choices = [("", "All modules"), *((it.pk, str(it)) for it in modules)]  # type: ignore[attr-defined]
