"""What an auditor asks for."""

from datetime import date

from django import forms

from training.strategy.forms import DayForm

from .drawing import SIZE
from .services.samples import SEED


class SampleForm(DayForm):
    """A sample of the rosters as at a day, by a seed."""

    seed = forms.RegexField(
        SEED,
        label="Seed",
        strip=True,
        help_text=f"The same seed on the same day draws the same {SIZE} again. Keep this one, or give your own.",
        error_messages={
            "required": "Give a seed",
            "invalid": "Give a seed of 4 to 40 letters, digits and hyphens",
        },
    )
    field_order = ("as_at", "seed")

    def __init__(self, data: dict[str, str] | None, *, today: date, seed: str = "") -> None:
        super().__init__(data, today=today)  # type: ignore[arg-type]
        self.fields["as_at"].label, self.fields["as_at"].required = "Rosters as at", True
        self.fields["seed"].initial = seed
