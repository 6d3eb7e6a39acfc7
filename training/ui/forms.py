"""Forms in GOV.UK mark-up: how fields are drawn, and a date in three boxes.

Settings name the renderer: FORM_RENDERER = "training.ui.forms.GovukRenderer".
Then `{{ form }}` is an error summary and every field; `{{ field.as_field_group }}`
is one field. Plain Django fields and widgets need nothing more.
"""

import contextlib
from calendar import month_abbr, month_name
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from .text import digits_in, turned

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    # Nearest kind first: RadioSelect and the like are Selects too
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.widgets.Input, "text"),
)


def widget_kind(widget: forms.Widget) -> str:
    """The name of the template in ui/forms/ that draws this widget."""
    if isinstance(widget, DateInput):
        return "date"
    return next((name for shape, name in KINDS if isinstance(widget, shape)), "other")


class GovukRenderer(TemplatesSetting):
    """Draws forms with the templates of ui/forms/."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/forms/field.html"


class TextField(forms.CharField):
    """Words that others will read: none that would read otherwise than they are written."""

    def validate(self, value: str) -> None:
        """Refused where an unseen sign turns the direction of writing."""
        super().validate(value)
        if words := turned(value):
            raise ValidationError(words)


class NumberField(forms.IntegerField):
    """A whole number in digits, perhaps in threes: '1,240'. Python alone reads '1_0' as ten."""

    def to_python(self, value: Any) -> int | None:
        """The number; None where nothing was typed."""
        if isinstance(value, str) and value.strip():
            value = digits_in(value) or "no number"
        return super().to_python(value)


class DateParts(NamedTuple):
    """What was typed into the three boxes, as typed."""

    day: str
    month: str
    year: str


class DateInput(forms.Widget):
    """Three boxes: day, month, year. The names end in _day, _month and _year."""

    template_name = "ui/forms/date_input.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, date):
            value = DateParts(str(value.day), str(value.month), str(value.year))
        typed = value if isinstance(value, DateParts) else DateParts("", "", "")
        prefix = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{prefix}_{part}",
                "label": part.capitalize(),
                "value": text,
                "width": 4 if part == "year" else 2,
            }
            for part, text in typed._asdict().items()
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts | None:
        typed = DateParts(*(str(data.get(f"{name}_{part}") or "").strip() for part in DateParts._fields))
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in DateParts._fields)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class DateField(forms.Field):
    """A day typed as day, month and year; cleans to a date, or None when left empty."""

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Enter a date",
        "incomplete": "The date must include a %(missing)s",
        "invalid": "Enter a real date, like 27 3 2026",
        "year": "The year must have 4 digits, like 2026",
    }

    def to_python(self, value: DateParts | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        missing = [part for part in DateParts._fields if not getattr(value, part)]
        if missing:
            raise self._error("incomplete", missing=" and ".join(missing))
        if not (value.year.isdecimal() and value.year.isascii() and len(value.year) == 4):
            raise self._error("year")
        try:
            return date(int(value.year), month_number(value.month), _digits(value.day))
        except (ValueError, OverflowError):
            raise self._error("invalid") from None

    def has_changed(self, initial: date | None, data: DateParts | None) -> bool:
        if self.disabled:
            return False
        with contextlib.suppress(ValidationError):
            return self.to_python(data) != initial
        return True

    def _error(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


def month_number(typed: str) -> int:
    """3, 03, March and mar are all 3; anything else is a ValueError."""
    with contextlib.suppress(ValueError):
        return _digits(typed)
    for names in (month_name, month_abbr):
        for number, name in enumerate(names):
            if number and name.lower() == typed.lower():
                return number
    raise ValueError(typed)


def _digits(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()):
        raise ValueError(typed)
    return int(typed)
