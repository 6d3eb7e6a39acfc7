"""Blocks whose rules stand in the course schema, so that an editor and a packaged text obey the same ones."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from pydantic import ValidationError as SchemaError
from wagtail import blocks

from courses.content.branches import first_words
from courses.content.schema import Part
from courses.plain import plain

# What the schema's own library says, as an author understands it
IN_WORDS = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "use small letters, figures and hyphens only",
    "too_short": "needs at least {min_length}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "literal_error": "choose one of {expected}",
}
# What a part of a block is called by, the first that it has
NAMES = ("title", "prompt", "text")


class CheckedBlock(blocks.StructBlock):
    """A block that is also a part of a course as the schema knows it; `part` names which.

    A draft may be saved half written: the schema is asked when it is submitted or published.
    """

    part: ClassVar[type[Part]]

    def clean(self, value: Any) -> Any:
        """As Wagtail's, and then as the schema asks."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (found := self.faults(cleaned)):
            raise blocks.StructBlockValidationError(non_block_errors=[ValidationError(fault) for fault in found])
        return cleaned

    def read(self, raw: dict[str, Any]) -> Part:
        """The part as a frozen row, from what the database holds."""
        return self.part.model_validate({"type": self.name, **plain(raw)})

    def faults(self, value: Any) -> list[str]:
        """What the schema would refuse, in an author's words; nothing if it is as it should be."""
        raw = self.get_prep_value(value)
        try:
            self.read(raw)
        except SchemaError as error:
            return [_in_words(dict(found), plain(raw)) for found in error.errors()]
        return []

    def card(self, part: Any, number: int) -> Any:
        """What the template draws, as a learner meets it first; `number` counts it among its kind on the page."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds the card: for the editor's preview, which gives its number, since the player brings its own."""
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = self.card(self.read(self.get_prep_value(value)), context.get("number", 1))
        return context

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """What is not finished yet says in the preview what it still wants."""
        if found := self.faults(value):
            return render_to_string("courses/blocks/unfinished.html", {"label": self.label, "faults": found})
        return super().render(value, context=context)


def _in_words(found: dict[str, Any], raw: Any) -> str:
    if found["type"] == "value_error":
        said = found["msg"].removeprefix("Value error, ")
    else:
        said = IN_WORDS.get(found["type"], found["msg"]).format(**found.get("ctx", {}))
    place = _place(found["loc"], raw)
    return f"{place}: {said}" if place else said


def _place(path: Sequence[int | str], raw: Any) -> str:
    """'step 2 ('She looks at the door'), choice 1 ('Ask her why'), goes to'."""
    words: list[str] = []
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        if isinstance(step, int):
            name = next((raw[name] for name in NAMES if raw.get(name)), "") if isinstance(raw, dict) else ""
            words[-1:] = [f"{words[-1].removesuffix('s')} {step + 1}" + (f" ('{first_words(name)}')" if name else "")]
        else:
            words.append(step.replace("_", " "))
    return ", ".join(words)
