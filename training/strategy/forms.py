"""Which day figures are for, and values that come from outside."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import Any, Protocol, TypeVar

from django import forms

from training.ui.forms import TextField
from training.ui.templatetags.ui import uk_date

from .explorer import Question
from .models import Indicator
from .pack import Frequency
from .periods import ended, kept_ends, month_ends
from .values import BadNumber, Said, whole_number
from .values_file import LARGEST_FILE

Kept = Set[date] | None
"""The only days that are offered besides today; None: all that there are."""
ONLY_KEPT = "Figures are kept for these days: others take too long to count while you wait"
Asked = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Titles of kinds, each with codes and titles of what is asked."""


class DayForm(forms.Form):
    """Which day the figures are for: today or a month's end, since neighbouring days can differ by one person."""

    as_at = forms.TypedChoiceField(
        label="Figures for",
        required=False,
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "Choose today, or the end of one of the last 24 months"},
    )

    def __init__(self, data: dict[str, str], *, today: date, kept: Kept = None) -> None:
        super().__init__(data)
        self.fields["as_at"].empty_value = today  # type: ignore[attr-defined]
        self.fields["as_at"].choices = _days(today, month_ends(today), kept)  # type: ignore[attr-defined]
        if kept is not None:
            self.fields["as_at"].error_messages["invalid_choice"] = ONLY_KEPT
            self.fields["as_at"].help_text = ONLY_KEPT


class Titled(Protocol):
    """A line of a table."""

    @property
    def title(self) -> str:
        """What stands first in it."""


Line = TypeVar("Line", bound=Titled)


class NamedForm(forms.Form):
    """Finds lines of a long table by name."""

    named = forms.CharField(label="Find by name", required=False, max_length=100)

    def narrowed(self, lines: Sequence[Line], most: int) -> Sequence[Line]:
        """Those with what was typed in their title. Where all fit a page they are all shown, and nothing is asked."""
        if len(lines) <= most:
            self.fields.pop("named", None)
            return lines
        typed = self.cleaned_data.get("named", "").casefold()
        return [line for line in lines if typed in line.title.casefold()]


class BoardForm(NamedForm, DayForm):
    """Which day, and which agencies."""

    @property
    def button(self) -> str:
        """What the form does."""
        return "Show these figures" if "named" in self.fields else "Show this day"


class ExplorerForm(NamedForm):
    """What the coverage explorer shows."""

    field_order = ("asked", "by", "as_at", "known", "named")

    asked = forms.ChoiceField(label="What is asked", required=False)
    by = forms.ChoiceField(
        label="Divide people by",
        choices=[
            ("agency", "Agency"),
            ("agency_kind", "Kind of agency"),
            ("role_family", "Role family"),
            ("role_group", "Role group"),
            ("locality", "Locality"),
        ],
    )
    as_at = forms.TypedChoiceField(
        label="Figures for",
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "Choose today, or the end of a month or quarter that is listed"},
    )
    known = forms.ChoiceField(
        label="As known",
        choices=[("then", "When it was counted"), ("now", "Now, with what was recorded since")],
    )

    def __init__(self, data: Mapping[str, str], *, asked: Asked, today: date, kept: Kept = None) -> None:
        super().__init__({"by": "agency", "known": "then", "as_at": today.isoformat(), **data})
        self.titles = {"": "Everything required"} | {code: title for _, listed in asked for code, title in listed}
        self.fields["asked"].choices = [("", self.titles[""]), *asked]  # type: ignore[attr-defined]
        self.fields["as_at"].choices = _days(today, kept_ends(today), kept)  # type: ignore[attr-defined]
        if kept is not None:
            self.fields["as_at"].error_messages["invalid_choice"] = ONLY_KEPT
            self.fields["as_at"].help_text = ONLY_KEPT
            self.fields["known"].choices = self.fields["known"].choices[:1]  # type: ignore[attr-defined]

    @property
    def asked_for(self) -> str:
        """The title of what is asked."""
        return self.titles[self.cleaned_data["asked"]]

    @property
    def question(self) -> Question:
        """What was chosen."""
        found = self.cleaned_data
        kind, _, code = found["asked"].partition(":")
        return Question(found["by"], kind, code, found["as_at"], is_as_counted=found["known"] == "then")


def _days(today: date, ends: Iterable[date], kept: Kept) -> list[tuple[str, str]]:
    offered = [day for day in ends if kept is None or day in kept]
    return [(today.isoformat(), f"Today, {uk_date(today)}"), *((day.isoformat(), uk_date(day)) for day in offered)]


class ValueForm(forms.Form):
    """One value of one indicator."""

    period = forms.ChoiceField(label="Which period is it for?")
    part = forms.CharField(
        label="Which part of it?",
        required=False,
        max_length=60,
        help_text="An agency or a place, where the figure is of that alone. Leave empty for the whole partnership.",
    )
    numerator = forms.CharField(label="How many?", max_length=30)
    denominator = forms.CharField(label="Out of how many?", max_length=30)
    narrative = forms.CharField(
        label="What does it mean?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What stands behind the figure, and what to beware of. Name nobody.",
    )
    said_by = forms.CharField(
        label="Who said so?", max_length=120, help_text="An organisation or a role, and where it is published if it is"
    )
    why = forms.CharField(
        label="Why has it changed?",
        required=False,
        max_length=300,
        help_text="Only if a figure for this period was given before. Both stay to be seen, with this between them.",
    )

    def __init__(self, data: Any, *, indicator: Indicator, on: date) -> None:
        super().__init__(data)
        self.indicator = indicator
        self.periods = {period.code: period for period in ended(Frequency(indicator.frequency), on)}
        self.fields["period"].choices = [(code, str(period)) for code, period in self.periods.items()]  # type: ignore[attr-defined]
        self.fields["numerator"].help_text = indicator.numerator
        if indicator.denominator:
            self.fields["denominator"].help_text = indicator.denominator
        else:
            del self.fields["denominator"]

    def clean_numerator(self) -> int:
        """A whole number."""
        return self._number("numerator")

    def clean_denominator(self) -> int:
        """The same."""
        return self._number("denominator")

    def _number(self, name: str) -> int:
        try:
            return whole_number(self.cleaned_data[name])
        except BadNumber as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def said(self) -> Said:
        """What was filled in."""
        found = self.cleaned_data
        return Said(
            code=self.indicator.code,
            part=found["part"],
            period=self.periods[found["period"]],
            numerator=found["numerator"],
            denominator=found.get("denominator"),
            narrative=found["narrative"],
            said_by=found["said_by"],
            why=found["why"],
        )


class ValuesFileForm(forms.Form):
    """A file of values."""

    file = forms.FileField(label="CSV file", help_text="At most 1 MB. Rows without a number are left out.")

    def clean_file(self) -> bytes:
        """What the file holds."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("This file is larger than 1 MB. Give it in parts.")
        return bytes(file.read())


class TakeBackForm(forms.Form):
    """Why a value was never right."""

    why = TextField(label="Why is it taken back?", max_length=300, help_text="It stays to be seen, with this.")
