"""What HR sends in: a roster file, a confirmation, the meaning of job titles."""

import hashlib
import re
from calendar import month_name
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import escape  # hints are drawn as they are, and these hold words of a file

from training.people.models import RoleGroup
from training.people.models.roster import RowKind
from training.people.roster.columns import ColumnQuestion, OrderQuestion
from training.people.roster.shown import FIELD_LABELS
from training.people.roster.titles import UnmappedTitle


class RosterFileForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label="Roster file",
        help_text="CSV, Excel (.xlsx) or OpenDocument (.ods), up to"
        f" {settings.ROSTER_MAX_BYTES // 1_000_000} MB and 150,000 rows",
        allow_empty_file=True,
        error_messages={"required": "Choose a roster file"},
    )
    is_full = forms.BooleanField(
        label="This file is the whole roster",
        help_text="Posts that are not in it will end. Leave it unticked if the file holds only some of your staff.",
        required=False,
    )

    def clean_file(self):
        """No larger than a roster can be."""
        file = self.cleaned_data["file"]
        if file.size > settings.ROSTER_MAX_BYTES:
            most = settings.ROSTER_MAX_BYTES // 1_000_000
            is_workbook = file.read(2) == b"PK"
            rest = (
                "pictures and other sheets" if is_workbook else "empty rows, and columns that the roster does not need"
            )
            raise forms.ValidationError(f"The file is larger than {most} MB. Leave out {rest}.")
        return file


class ShownForm(forms.Form):
    """Which preview was on the page that was pressed, by its digest."""

    shown = forms.CharField(max_length=64, required=False)


class ApplyForm(forms.Form):
    """The tick under an unusual number of leavers."""

    leavers_are_right = forms.BooleanField(label="I have read the warning above, and this is right", required=False)


class ApprovalForm(ShownForm):
    """Which of the files that wait is approved."""

    file = forms.UUIDField()


class KindForm(forms.Form):
    """Which rows to show."""

    kind = forms.ChoiceField(label="Rows", required=False, choices=[("", "All"), *RowKind.choices])


class ColumnsForm(forms.Form):
    """What each unknown column is, and which comes first in dates that could be two."""

    ORDERS = (("day", "The day first"), ("month", "The month first"))

    def __init__(self, *args, columns: Iterable[ColumnQuestion], order: OrderQuestion | None, **more) -> None:
        super().__init__(*args, **more)
        self.order = order
        self.columns = {f"column_{number}": each for number, each in enumerate(columns)}
        if order:
            self.fields["order"] = forms.ChoiceField(
                label=f"Which comes first in dates such as {order.example}?" if order.example else "Which comes first?",
                help_text=escape(f"In the column {' and '.join(order.headers)}"),
                choices=self._orders(order.example),
                widget=forms.RadioSelect,
                error_messages={"required": "Say whether the day or the month comes first"},
            )
        for name, column in self.columns.items():
            likely = [(field, FIELD_LABELS[field]) for field in column.suggested]
            every = [it for it in FIELD_LABELS.items() if it not in likely]
            examples = f"For example: {'; '.join(column.examples)}. " if column.examples else "It is empty. "
            like = f"It may be: {', '.join(label for _field, label in likely)}." if likely else ""
            self.fields[name] = forms.ChoiceField(
                label=column.header,
                help_text=escape(examples + like),
                choices=[("", "Leave this column out"), *likely, *every],
                required=False,
            )

    def _orders(self, example: str) -> list[tuple[str, str]]:
        parts = re.split(r"[-/. T]", example)
        if len(parts) < 3:
            return list(self.ORDERS)
        first, second, year = int(parts[0]), int(parts[1]), int(parts[2])
        return [
            ("day", f"The day: {first} {month_name[second]} {year}"),
            ("month", f"The month: {second} {month_name[first]} {year}"),
        ]

    def clean(self):
        """One column a field."""
        data = super().clean() or {}
        chosen: dict[str, str] = {}
        for name, column in self.columns.items():
            field = data.get(name)
            if field and field in chosen:
                self.add_error(name, f"'{chosen[field]}' is {FIELD_LABELS[field].lower()} too: choose one of them")
            elif field:
                chosen[field] = column.header
        return data

    @property
    def meanings(self) -> dict[str, str]:
        """Field by header, '' for none."""
        return {column.header: self.cleaned_data.get(name, "") for name, column in self.columns.items()}

    @property
    def order_by_header(self) -> dict[str, str]:
        """Which comes first, by header."""
        return dict.fromkeys(self.order.headers, self.cleaned_data["order"]) if self.order else {}


class TitlesForm(forms.Form):
    """One choice of role group for every job title."""

    def __init__(self, *args, titles: Iterable[UnmappedTitle], **more) -> None:
        super().__init__(*args, **more)
        self.titles = {_field_name(it.post_title): it for it in titles}
        groups = RoleGroup.objects.all()
        self.groups = {str(group.pk): group for group in groups}
        by_code = {group.code: group for group in groups}
        every = [(str(group.pk), group.title) for group in groups]
        for name, it in self.titles.items():
            likely = [(by_code[each.role_group], each.like) for each in it.suggested]
            choices: list[tuple[str, Any]] = [("", "Leave for now")]
            if likely:
                choices.append(("Suggested", [(str(group.pk), group.title) for group, _like in likely]))
            posts = f"{it.posts} post{'' if it.posts == 1 else 's'}."
            like = "; ".join(f"{group.title} (like '{like}')" for group, like in likely)
            self.fields[name] = forms.ChoiceField(
                label=it.post_title,
                help_text=escape(f"{posts} Suggested: {like}" if like else posts),
                choices=[*choices, ("All role groups", every)] if likely else [*choices, *every],
                required=False,
            )

    @property
    def meanings(self) -> dict[str, RoleGroup]:
        """The titles that were given a role group."""
        return {
            it.post_title: self.groups[self.cleaned_data[name]]
            for name, it in self.titles.items()
            if self.cleaned_data.get(name)
        }


def _field_name(title: str) -> str:
    """The same title has the same field, whatever else is on the page."""
    return "title_" + hashlib.sha256(title.casefold().encode()).hexdigest()[:16]
