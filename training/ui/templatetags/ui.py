"""Template tags for the look: `{% load ui %}`.

Tags: standing_tag, table_rows, dots, component ... endcomponent, widget, help_line.
Filters: standing_words, standing_colour, uk_date, uk_moment, minutes, times,
page_numbers, cells, kind, error_target,
error_texts.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Token,
    token_kwargs,
)
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from training.access.clock import today
from training.ui import rows
from training.ui.charts import Spread
from training.ui.forms import widget_kind
from training.ui.help_lines import NATIONAL_HELPLINE, HelpLine
from training.ui.standings import STANDINGS

register = template.Library()

LONDON = ZoneInfo("Europe/London")
CELL = {"text": "", "numeric": False, "url": "", "state": "", "sort_url": "", "sorted": ""}

CLASSES = {
    "text": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "checkbox": "govuk-checkboxes__input",
}
ERROR_CLASSES = {
    "text": "govuk-input--error",
    "password": "govuk-input--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "file": "govuk-file-upload--error",
}

MISSING = {
    "select": "choose an answer",
    "radios": "choose an answer",
    "checkboxes": "choose at least one",
    "checkbox": "tick the box",
    "file": "choose a file",
}


@register.simple_tag
def standing_tag(state: str) -> SafeString:
    """The tag of a standing: a shape and a word. Takes the state's name, or an enum of it."""
    return rows.standing_tag(str(state))


@register.simple_tag
def table_rows(
    of: Iterable[Iterable[Any]], *, first_is_header: bool = False, header_at: int | None = None
) -> SafeString:
    """The rows of `ui/table.html`."""
    return rows.table_rows(of, 1 if first_is_header else header_at)


@register.simple_tag
def dots(of: Spread) -> SafeString:
    """The dots of `ui/spread.html`."""
    return rows.dots(of.dots, of.radius)


@register.filter
def standing_words(state: str) -> str:
    """'due_soon' -> 'Due soon'."""
    return STANDINGS[str(state)].words


@register.filter
def standing_colour(state: str) -> str:
    """'due_soon' -> 'yellow', one of GOV.UK Frontend's tag colours."""
    return STANDINGS[str(state)].colour


@register.filter
def uk_date(day: date | None) -> str:
    """1 March 2026; nothing for no date. A moment is read as London's day."""
    if not day:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date() if day.tzinfo else day.date()
    return f"{day.day} {day:%B %Y}"


@register.filter
def uk_moment(moment: datetime | None) -> str:
    """1 March 2026 at 2:05pm, London time; nothing for no moment."""
    if not moment:
        return ""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{uk_date(local)} at {hour}:{local:%M}{half}"


@register.filter
def minutes(number: int | None) -> str:
    """75 -> '1 hour 15 minutes'; nothing for no number."""
    if number is None:
        return ""
    hours, rest = divmod(int(number), 60)
    parts = [(hours, "hour"), (rest, "minute")]
    said = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n]
    return " ".join(said) or "0 minutes"


@register.filter
def times(number: int, factor: int) -> int:
    """Multiplication, for placing the rows of a chart."""
    return int(number) * int(factor)


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """The page numbers worth showing round this one, with gaps as an ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def cells(row: Iterable[Any]) -> list[dict[str, Any]]:
    """A table's row with every key in every cell: a template that looks for a missing one takes long to find out."""
    return [CELL | (cell if isinstance(cell, dict) else {"text": cell}) for cell in row]


@register.filter
def kind(field: BoundField) -> str:
    """Which of the templates in ui/forms/ draws this field: 'text', 'radios', 'date'..."""
    return widget_kind(field.field.widget)


@register.filter
def error_target(field: BoundField) -> str:
    """The id that an error summary's link goes to: the first control of the field."""
    if widget_kind(field.field.widget) in {"radios", "checkboxes"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def error_texts(field: BoundField) -> list[str]:
    """The field's errors; Django's bare 'This field is required.' becomes what to do, with the field's name."""
    bare = forms.Field.default_error_messages["required"]
    missing = f"{field.label}: {MISSING.get(widget_kind(field.field.widget), 'enter an answer')}"
    return [missing if error == bare else str(error) for error in field.errors]


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The field's control with GOV.UK's classes beside its own."""
    shape = widget_kind(field.field.widget)
    names = [CLASSES.get(shape, ""), field.field.widget.attrs.get("class", "")]
    if field.errors:
        names.append(ERROR_CLASSES.get(shape, ""))
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, names))}
    if isinstance(field.field.widget, forms.PasswordInput):
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    if isinstance(field.field.widget, forms.NumberInput):
        _as_text(field.field.widget)
        attrs["inputmode"] = "numeric"
    return field.as_widget(attrs=attrs)


def _as_text(widget: forms.NumberInput) -> None:
    """A number in a box for text: of what is no number a browser sends nothing, and nobody learns that it was wrong."""
    widget.input_type = "text"
    for name in ("min", "max", "step"):
        widget.attrs.pop(name, None)


@register.simple_tag
def help_line() -> HelpLine | None:
    """The confirmed national helpline, with the day it was checked; nothing once that is too long ago."""
    return None if NATIONAL_HELPLINE.is_stale(today()) else NATIONAL_HELPLINE


class ComponentNode(Node):
    """Draws a component's template with what stands between the tags as its `body`."""

    def __init__(
        self,
        path: FilterExpression,
        values: dict[str, FilterExpression],
        body: NodeList,
    ) -> None:
        self.path, self.values, self.nodelist = path, values, body

    def render(self, context: Context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        values["body"] = self.nodelist.render(context)
        component: Any = get_template(self.path.resolve(context))
        return component.template.render(context.new(values))


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """{% component "ui/inset.html" %} any mark-up {% endcomponent %}

    For components that wrap mark-up of the page's own: as an include with
    `only`, plus the variable `body`. Further variables: name=value.
    """
    name, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{name} needs the path of a component")
    path = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{name} takes name=value after the path, not {bits[0]!r}")
    body = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return ComponentNode(path, values, body)
