"""Meetings: planning one, saying whether one comes, and codes."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms

from champions.forms.plain import Address, Words
from champions.models import Attendance, Meeting
from champions.services.meetings import Plan
from training.access.clock import LONDON
from training.people.models import Locality
from training.ui.forms import DateField, NumberField

TIMES = ["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p"]
MOST_TICKED = 100
EARLIEST, LATEST = time(6), time(23)


class TimeField(forms.TimeField):
    """A time of day as people write it: 14:00, 2pm, 2.30 pm."""

    def __init__(self, label: str) -> None:
        wrong = "Enter a time, like 2pm or 14:30"
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})
        super().__init__(
            label=label, input_formats=TIMES, widget=widget, error_messages={"required": wrong, "invalid": wrong}
        )

    def to_python(self, value: Any) -> Any:
        """Without spaces, in small letters."""
        return super().to_python("".join(value.split()).lower() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Without seconds."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class MeetingForm(forms.Form):
    """A meeting as it is planned."""

    title = Words(label="Title", max_length=120, help_text="Shown inside the site. Mails and calendars say 'Meeting'.")
    held_on = DateField(label="Day", help_text="For example, 27 3 2027")
    starts = TimeField("Starts at")
    ends = TimeField("Ends at")
    place = Words(
        label="Where, in words", max_length=200, required=False, help_text="Shown to those who say that they come."
    )
    joining = Words(
        label="How to get in, or to join",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown to those who say that they come.",
    )
    agenda = Words(
        label="Agenda",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Plain paragraphs. Do not write about real people.",
    )
    localities = forms.ModelMultipleChoiceField(
        label="For champions who work in",
        queryset=Locality.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all unticked for everybody. It counts as missed only for those it was for.",
    )
    capacity = NumberField(label="Places", min_value=1, max_value=2000, required=False)
    minutes = NumberField(
        label="Minutes that count as professional development", min_value=1, max_value=600, initial=120
    )

    def __init__(self, localities: Iterable[Locality], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["localities"].queryset = localities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ends after it starts, by day."""
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and not EARLIEST <= starts <= LATEST:
            self.add_error("starts", "Choose a time between 6am and 11pm")
        elif starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it starts")
        return said

    def plan(self) -> Plan:
        """The meeting; the form must be valid."""
        said = dict(self.cleaned_data)
        day, starts, ends = said.pop("held_on"), said.pop("starts"), said.pop("ends")
        said["localities"] = tuple(said["localities"])
        return Plan(starts_at=_moment(day, starts), ends_at=_moment(day, ends), **said)


def as_planned(meeting: Meeting) -> dict[str, Any]:
    """What the form of a planned meeting begins with."""
    names = ("title", "held_on", "place", "joining", "agenda", "capacity", "minutes")
    return {name: getattr(meeting, name) for name in names} | {
        "starts": meeting.starts_at.astimezone(LONDON).time(),
        "ends": meeting.ends_at.astimezone(LONDON).time(),
        "localities": list(meeting.localities.all()),
    }


def _moment(day: date, when: time) -> datetime:
    return datetime.combine(day, when, LONDON)


class AnswerForm(forms.Form):
    """Whether one comes: pressed as one of two buttons."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in list(Attendance.Kind)[:2]])


class CodeForm(forms.Form):
    """A code off a screen."""

    code = Words(
        label="Code",
        max_length=40,
        help_text="Six letters and digits, as on the screen in the room",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Enter the code", "max_length": "The code has six letters and digits"},
    )


class GuestForm(forms.Form):
    """A guest to invite."""

    address = Address(
        label="E-mail address of the guest",
        help_text="They get a link to the agenda. The address is deleted thirty days after the meeting.",
        error_messages={
            "required": "Enter their address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )


class GuestAnswerForm(AnswerForm):
    """What a guest says."""

    name = Words(
        label="How would you like to be called?",
        max_length=80,
        required=False,
        help_text="A name, or where you work. You can leave it empty. Only the coordinator sees it.",
    )
    kind = forms.ChoiceField(
        label="Will you come?",
        choices=[("coming", "Yes"), ("sorry", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you will come"},
    )


class SheetForm(forms.Form):
    """Narrows the attendance sheet."""

    name = Words(label="Name", max_length=80, required=False)
    answered = forms.BooleanField(label="Only those who have answered or came", required=False)


class TickForm(forms.Form):
    """Those ticked on one page of the sheet, by uid."""

    came = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        ticked = data.getlist("came")[:MOST_TICKED]
        self.fields["came"].choices = [(each, each) for each in ticked]  # type: ignore[attr-defined]
