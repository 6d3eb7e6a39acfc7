"""What a holder says of a link to their passport."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from certificates.passport.selectors import Line, other_names

DAYS = {"7": "A week", "30": "30 days", "90": "90 days", "365": "A year"}

UNDER_ANOTHER = "All that you want to show is under another name: choose it here, or have it issued anew first"


class ShareForm(forms.Form):
    """To which modules a link leads, until when, and for whom it was made."""

    modules = forms.TypedMultipleChoiceField(
        label="What do you want to show?",
        help_text="If you choose none, it shows all of it, and what you learn while the link is open.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.MultipleChoiceField(
        label="Certificates under another name",
        help_text="The link leaves out what does not bear your name as it is printed now. Show also certificates for:",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label="How long should the link work?",
        help_text="You can end it at any time.",
        choices=list(DAYS.items()),
        initial="30",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how long the link should work"},
    )
    label = forms.CharField(
        label="Who is it for?", help_text="For yourself: nobody else reads it.", max_length=60, required=False
    )

    def __init__(self, data: Any, *, lines: Sequence[Line], name: str, on: date) -> None:
        super().__init__(data)
        self.on, self.name, self.lines = on, name, lines
        self._offer("modules", _modules(lines))
        if others := other_names(lines, name=name):
            self._offer("names", [(each, each) for each in others])
        else:
            del self.fields["names"]

    def clean(self) -> dict[str, Any]:
        """A link that would show nothing is not made."""
        said = self.cleaned_data
        named = {self.name, *said.get("names", ())}
        lines = [line for line in self.lines if not said.get("modules") or line.module in said["modules"]]
        if "names" in self.fields and not any(line.words.name in named for line in lines):
            self.add_error("names", UNDER_ANOTHER)
        return said

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    @property
    def last_on(self) -> date:
        """The last day on which the link works; the form must be valid."""
        return self.on + timedelta(days=int(self.cleaned_data["days"]))


def _modules(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Modules by id, in words; with whose they are where two are called alike."""
    words = {line.module: line.words for line in lines}
    called = {module: f"{each.module_title} ({each.module_code})" for module, each in words.items()}
    alike = Counter(called.values())
    return [
        (module, title if alike[title] == 1 else f"{title}, {words[module].partnership}")
        for module, title in called.items()
    ]
