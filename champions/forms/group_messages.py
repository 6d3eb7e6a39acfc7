"""What a coordinator writes to a group."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from champions.forms.enquiries import long_text
from champions.models import GroupMessage, Meeting
from champions.models.group_messages import LONGEST_GROUP_MESSAGE
from champions.selectors.group_messages import FIELDS, OF_AN_ENDING
from training.people.models import Locality

FILLED_IN = "; ".join(f"{field} is {meaning}" for field, meaning in FIELDS.items())


class GroupMessageForm(forms.Form):
    """To whom, under which subject, and what."""

    group = forms.ChoiceField(
        label="To whom",
        choices=GroupMessage.Group.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose to whom"},
    )
    district = forms.ModelChoiceField(
        label="Which district",
        help_text="Only for active champions of a district.",
        queryset=Locality.objects.none(),
        required=False,
        empty_label="None",
    )
    meeting = forms.ModelChoiceField(
        label="Which meeting",
        help_text="Only for those who did not come to a meeting.",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="None",
    )
    subject = forms.ChoiceField(
        label="Subject of the mail",
        help_text="The mail says that there is a message, and nothing of what is in it.",
        choices=GroupMessage.Subject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a subject"},
    )
    words = long_text(
        "The message",
        LONGEST_GROUP_MESSAGE,
        help_text=f"Filled in for each: {FILLED_IN}. The last two only for those with something that ends soon. "
        "Do not write about real people.",
        rows=10,
        required="Write the message",
    )

    def __init__(self, districts: QuerySet[Locality], meetings: QuerySet[Meeting], data: Any = None) -> None:
        super().__init__(data)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A district is chosen for a district, a meeting for those who were not at it, and neither for other groups."""
        values = super().clean() or self.cleaned_data
        for group, name in ((GroupMessage.Group.DISTRICT, "district"), (GroupMessage.Group.ABSENT, "meeting")):
            if values.get("group") != group:
                values[name] = None
            elif not values.get(name):
                self.add_error(name, f"Choose which {name}")
        found = [each for each in OF_AN_ENDING if each in values.get("words", "")]
        if found and values.get("group") != GroupMessage.Group.LAPSING:
            self.add_error("words", f"Take out {found[0]}: it is only for those with something that ends soon")
        return values
