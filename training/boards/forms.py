"""What the coordinator and those who write send in."""

import json
from datetime import date
from typing import Any

from django import forms

from training.people.models import User
from training.press import fonts, press
from training.strategy.models import Strategy
from training.ui.forms import DateField, NumberField, TextField
from training.ui.templatetags.ui import uk_date

from .services.packs import LONGEST_DECISION, MOST_DECISIONS

LONGEST = 5000


class PackForm(forms.Form):
    """A pack for a meeting."""

    meeting_on = DateField(label="When does the board meet?", required=True)
    as_at = forms.TypedChoiceField(
        label="Figures as at",
        coerce=date.fromisoformat,
        help_text="The end of a month. The end of a quarter can be compared with the quarters before.",
    )
    strategy = forms.ChoiceField(label="Held against which strategy?")

    def __init__(self, data: Any = None, *, days: list[date], strategies: list[Strategy], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["as_at"].choices = [(day.isoformat(), uk_date(day)) for day in days]  # type: ignore[attr-defined]
        choices = [(str(each.pk), each.title) for each in strategies]
        self.fields["strategy"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["strategy"]


class MeetingForm(forms.Form):
    """Another day for the meeting."""

    meeting_on = DateField(label="When does the board meet?", required=True)


class WordsField(TextField):
    """Words that will be printed: none that our faces cannot write."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        """The words; refused where they could not be printed."""
        words = super().clean(value).replace("\r\n", "\n")
        try:
            press.insist_on_letters(words, fonts.FOR_TEXT, what="text")
        except press.NeedsAnotherFont as reason:
            raise forms.ValidationError(str(reason)) from reason
        except press.NoEngine:
            pass  # a server that prints nothing can still keep words
        return words


class NarrativeForm(forms.Form):
    """The words of one box. `turn`: how often it had been written when the page was opened."""

    text = WordsField(
        label="What do the figures mean?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="What stands behind them, what is done about it, and by when. Name nobody, and describe no case: "
        "what is frozen cannot be taken out again. An empty line begins a paragraph.",
    )
    turn = NumberField(widget=forms.HiddenInput, min_value=0)


class AskForm(forms.Form):
    """Who is to write about what, by when."""

    about = forms.ChoiceField(label="About what?")
    owner = forms.ChoiceField(label="Who writes it?", required=False)
    due_on = DateField(label="By when?", required=True)

    def __init__(self, data: Any = None, *, about: list[tuple[str, str]], owners: list[User], initial: Any = None):
        super().__init__(data, initial=initial)
        self.fields["about"].choices = about  # type: ignore[attr-defined]
        known = [(str(each.uid), each.email) for each in owners]
        self.fields["owner"].choices = [("", "Nobody yet"), *known]  # type: ignore[attr-defined]


class DecisionsForm(forms.Form):
    """What the board is asked to decide, one a line."""

    decisions = WordsField(
        label="Decisions wanted",
        required=False,
        max_length=MOST_DECISIONS * (LONGEST_DECISION + 2),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"One a line, at most {MOST_DECISIONS}.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> list[str]:
        """What stood there when the page was opened, which sends it back; nothing where no page can have sent it."""
        try:
            seen = json.loads(self.cleaned_data["seen"] or "[]")
        except (ValueError, RecursionError):
            return []
        return seen if isinstance(seen, list) else []

    def clean_decisions(self) -> list[str]:
        """The lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["decisions"].splitlines() if line.strip()]
        if len(lines) > MOST_DECISIONS or any(len(each) > LONGEST_DECISION for each in lines):
            raise forms.ValidationError(
                f"At most {MOST_DECISIONS} decisions, each of at most {LONGEST_DECISION} characters"
            )
        return lines
