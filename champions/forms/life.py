"""What champions, managers and coordinators say in a champion's life. No free text about anybody."""

from typing import Any

from django import forms

from champions import agreement
from champions.forms.plain import Address, Words
from champions.models import ChampionTurn, Handover, ManagerQuestion
from training.people.models import Person
from training.ui.forms import DateField, NumberField


class ManagerForm(forms.Form):
    """Where to reach a manager whom the roster does not name."""

    address = Address(
        label="Your manager's work e-mail address",
        help_text="They get a link that works once, for 14 days. It says your name and what is asked, and no more.",
        error_messages={
            "required": "Enter your manager's work address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )


class CoordinatorsManagerForm(ManagerForm):
    """The same, where the coordinator asks."""

    address = Address(
        label="The manager's work e-mail address",
        help_text="Leave it empty to ask the manager whom the roster names.",
        required=False,
        error_messages={"invalid": "Enter an address in the right form, like name@example.org"},
    )


class AnswerForm(forms.Form):
    """A manager's answer to whether they agree."""

    says = forms.ChoiceField(
        label="Do you agree?",
        widget=forms.RadioSelect,
        choices=[
            (ManagerQuestion.Answer.YES, "Yes, I agree to all of this"),
            (ManagerQuestion.Answer.NO, "No, not now"),
        ],
        error_messages={"required": "Choose yes or no"},
    )


class TicksForm(forms.Form):
    """A check-in: a few ticks, all of them."""

    def __init__(self, data: Any = None, *, ticks: tuple[tuple[str, str], ...]) -> None:
        super().__init__(data)
        for name, label in ticks:
            wrong = {"required": "Tick this if it is so. If it is not, talk to your coordinator"}
            self.fields[name] = forms.BooleanField(label=label, error_messages=wrong)


def own_check_in(data: Any = None) -> TicksForm:
    """The champion's."""
    return TicksForm(data, ticks=agreement.OWN_CHECK_IN)


def managers_check_in(data: Any = None) -> TicksForm:
    """The manager's."""
    return TicksForm(data, ticks=agreement.MANAGER_CHECK_IN)


class LeaveForm(forms.Form):
    """Why a champion stands down, and who comes after them."""

    reason = forms.ChoiceField(
        label="Why, if you would like to say",
        choices=[("", "Rather not say"), *ChampionTurn.Reason.choices],
        required=False,
    )
    wish = forms.ChoiceField(
        label="Who comes after this champion",
        choices=[("", "Not known"), *Handover.Wish.choices],
        required=False,
    )


class TakeBackForm(forms.Form):
    """Why a standing-down was a mistake."""

    reason = forms.ChoiceField(
        label="What was the mistake?",
        choices=[("", "Choose"), *ChampionTurn.Mistake.choices],
        error_messages={"required": "Choose what the mistake was"},
    )


class PutForwardForm(forms.Form):
    """One of a manager's own team."""

    person = forms.ChoiceField(label="Who?")
    agrees = forms.BooleanField(
        label="I agree to all of this, if they say yes",
        error_messages={"required": "Tick the box if you agree"},
    )

    def __init__(self, data: Any = None, *, people: list[Person]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", "Choose"), *((str(it.uid), it.name) for it in people)]  # type: ignore[attr-defined]


class ConditionsForm(forms.Form):
    """What a partnership asks of its champions from a day on."""

    starts_on = DateField(label="From which day?", help_text="Today or later. For example, 27 3 2027")
    meetings_needed = NumberField(
        label="Network meetings to come to", help_text="0 for none", min_value=0, max_value=12
    )
    meetings_of = NumberField(label="Out of the last", help_text="As many meetings", min_value=0, max_value=12)
    check_in_months = NumberField(
        label="Months between check-ins", help_text="12 is once a year. 0 for none", min_value=0, max_value=36
    )
    warn_days = NumberField(
        label="Days of warning before anything ends", help_text="Usually 60", min_value=0, max_value=180
    )

    def clean(self) -> dict[str, Any]:
        """Nobody can come to more meetings than there are."""
        said = super().clean() or {}
        if (said.get("meetings_needed") or 0) > (said.get("meetings_of") or 0):
            self.add_error("meetings_needed", "Ask for no more meetings than there are")
        return said


class CommunityForm(forms.Form):
    """A champion without an employer."""

    name = Words(
        label="Name, or the name they go by", help_text="It need not be their own.", max_length=120, strip=True
    )
    address = Address(
        label="Their own e-mail address", help_text="They sign in with a code sent there. It is shown to nobody."
    )
    locality = forms.ChoiceField(label="District in which they are active")
    vouches = forms.BooleanField(
        label="I know them and vouch for them",
        error_messages={"required": "Tick the box if you vouch for them"},
    )

    def __init__(self, data: Any = None, *, localities: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["locality"].choices = [("", "Choose"), *localities]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """What came of a hand-over."""

    outcome = forms.ChoiceField(label="What has come of it?", choices=Handover.Outcome.choices)
