"""What a learner chooses, into clean values."""

from collections import Counter
from typing import Any, ClassVar

from django import forms

from courses.content.questions import Question
from courses.content.schema import Tomorrow
from courses.draw import shown
from training.ui.forms import NumberField


class AnswerForm(forms.Form):
    """The answer to one question: `answer` is a list of option keys, or of every 'option:place'.

    `seen` is how often the question had been answered when the page was drawn.
    """

    seen = NumberField(min_value=0, max_value=32767, required=False)

    def __init__(self, question: Question, data: Any) -> None:
        super().__init__(data)
        self.question = question

    @property
    def answer(self) -> list[str]:
        """What was chosen, once it has been found good."""
        raise NotImplementedError

    @property
    def given(self) -> list[str] | None:
        """What to show again beside the error."""
        return None

    @property
    def seen_before(self) -> int | None:
        """How often it had been answered, if the page said so."""
        seen: int | None = self.cleaned_data.get("seen")
        return seen

    @property
    def error(self) -> str:
        """What to say beside the question."""
        said = (str(error) for name, errors in self.errors.items() if name != "seen" for error in errors)
        return " ".join(dict.fromkeys(said))

    @property
    def first_wrong(self) -> int:
        """Which field of the page the error is about, from 1."""
        return 1


class ChoosingForm(AnswerForm):
    """One answer, or several."""

    chosen = forms.MultipleChoiceField(error_messages={"invalid_choice": "Choose from the answers shown."})

    def __init__(self, question: Question, data: Any) -> None:
        super().__init__(question, data)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(option.key, option.text) for option in question.options]
        is_single = question.kind == "single"
        field.error_messages["required"] = "Choose one answer" if is_single else "Choose at least one answer"

    def clean_chosen(self) -> list[str]:
        """One answer where one is asked for."""
        chosen: list[str] = self.cleaned_data["chosen"]
        if self.question.kind == "single" and len(chosen) != 1:
            raise forms.ValidationError("Choose one answer")
        return chosen

    @property
    def answer(self) -> list[str]:
        """The keys of what was chosen."""
        return list(self.cleaned_data["chosen"])


class PlacingForm(AnswerForm):
    """A place for every option; in an order each place is taken once."""

    def __init__(self, question: Question, data: Any) -> None:
        super().__init__(question, data)
        places = [(place.key, place.text) for place in question.places()]
        is_order = question.kind == "order"
        said = {
            "required": "Choose a number for every line" if is_order else "Choose where every line belongs",
            "invalid_choice": "Choose from the places shown.",
        }
        for option in shown(question):
            self.fields[f"place-{option.key}"] = forms.ChoiceField(choices=places, error_messages=said)

    def clean(self) -> dict[str, Any]:
        """No two things in one place of an order."""
        cleaned = dict(super().clean() or self.cleaned_data)
        if self.question.kind == "order":
            taken = Counter(place for name, place in cleaned.items() if name.startswith("place-"))
            for name, place in list(cleaned.items()):
                if name.startswith("place-") and taken[place] > 1:
                    self.add_error(name, f"Use each number once. {place} is used {_times(taken[place])}.")
        return cleaned

    @property
    def answer(self) -> list[str]:
        """Every option with its place."""
        return self.given

    @property
    def given(self) -> list[str]:
        """Whatever has been put somewhere."""
        fields = ((option.key, self.data.get(f"place-{option.key}")) for option in self.question.options)
        return [f"{key}:{place}" for key, place in fields if place]

    @property
    def first_wrong(self) -> int:
        """The first line that something is wrong with."""
        lines = [f"place-{option.key}" for option in shown(self.question)]
        return next((number for number, name in enumerate(lines, start=1) if name in self.errors), 1)


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def answer_form(question: Question, data: Any) -> AnswerForm:
    """The form for this kind of question."""
    return PlacingForm(question, data) if question.is_placed else ChoosingForm(question, data)


class BeginForm(forms.Form):
    """A wish to try the final check: `after` is the number of the last try when the page was drawn."""

    after = NumberField(min_value=0, max_value=32767, required=False)

    @property
    def last_seen(self) -> int | None:
        """That number, if the page said so."""
        return self.cleaned_data["after"] if self.is_valid() else None


class RemarkForm(forms.Form):
    """What somebody thought of a course they have finished."""

    USEFUL: ClassVar = [
        ("5", "Very useful"),
        ("4", "Useful"),
        ("3", "Somewhat useful"),
        ("2", "Not very useful"),
        ("1", "Not useful at all"),
    ]
    useful = forms.TypedChoiceField(
        label="How useful was this for your work?",
        choices=USEFUL,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how useful it was"},
    )
    comment = forms.CharField(
        label="What would you tell its author?",
        help_text=(
            "You need not write anything. A sentence or two, 300 letters at most. Do not write about real people: not "
            "yourself, a colleague, or anybody you have met at work. Nobody answers here."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TomorrowForm(forms.Form):
    """Any of the things on offer, or none."""

    chosen = forms.MultipleChoiceField(required=False)

    def __init__(self, tomorrow: Tomorrow, data: Any) -> None:
        super().__init__(data)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(option.key, option.text) for option in tomorrow.options]
