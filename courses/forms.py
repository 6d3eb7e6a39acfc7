"""What a learner chooses, into clean values."""

from typing import Any

from django import forms

from courses.content.schema import Question, Tomorrow


class AnswerForm(forms.Form):
    """The answer to one question: always a list of option keys."""

    chosen = forms.MultipleChoiceField(error_messages={"invalid_choice": "Choose from the answers shown."})

    def __init__(self, question: Question, data: Any) -> None:
        super().__init__(data)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(option.key, option.text) for option in question.options]
        is_single = question.kind == "single"
        field.error_messages["required"] = "Choose one answer" if is_single else "Choose at least one answer"
        self.is_single = is_single

    def clean_chosen(self) -> list[str]:
        """One answer where one is asked for."""
        chosen: list[str] = self.cleaned_data["chosen"]
        if self.is_single and len(chosen) != 1:
            raise forms.ValidationError("Choose one answer")
        return chosen

    @property
    def error(self) -> str:
        """What to say beside the question."""
        return " ".join(str(error) for error in self.errors.get("chosen", []))


class TomorrowForm(forms.Form):
    """Any of the things on offer, or none."""

    chosen = forms.MultipleChoiceField(required=False)

    def __init__(self, tomorrow: Tomorrow, data: Any) -> None:
        super().__init__(data)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(option.key, option.text) for option in tomorrow.options]
