"""What HR sends in: a roster file, a confirmation, the meaning of job titles."""

import hashlib
from collections.abc import Iterable

from django import forms
from django.conf import settings

from training.people.models import RoleGroup
from training.people.models.roster import RowKind
from training.people.roster.titles import UnmappedTitle


class RosterFileForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label="Roster file",
        help_text=f"CSV or Excel (.xlsx), up to {settings.ROSTER_MAX_BYTES // 1_000_000} MB and 60,000 rows",
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
            raise forms.ValidationError(f"The file is larger than {most} MB. Leave out pictures and other sheets.")
        return file


class ApplyForm(forms.Form):
    """The tick under an unusual number of leavers."""

    leavers_are_right = forms.BooleanField(label="I have checked this: those posts have ended", required=False)


class ApprovalForm(forms.Form):
    """Which of the files that wait is approved."""

    file = forms.UUIDField()


class KindForm(forms.Form):
    """Which rows to show."""

    kind = forms.ChoiceField(label="Rows", required=False, choices=[("", "All"), *RowKind.choices])


class TitlesForm(forms.Form):
    """One choice of role group for every job title."""

    def __init__(self, *args, titles: Iterable[UnmappedTitle], **more) -> None:
        super().__init__(*args, **more)
        self.titles = {_field_name(it.post_title): it for it in titles}
        groups = RoleGroup.objects.all()
        choices = [("", "Leave for now"), *((str(group.pk), group.title) for group in groups)]
        self.groups = {str(group.pk): group for group in groups}
        for name, it in self.titles.items():
            posts = f"{it.posts} post{'' if it.posts == 1 else 's'}"
            self.fields[name] = forms.ChoiceField(label=it.post_title, help_text=posts, choices=choices, required=False)

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
