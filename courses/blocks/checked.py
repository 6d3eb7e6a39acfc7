"""Blocks whose rules stand in the course schema, so that an editor and a packaged text obey the same ones."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from pydantic import ValidationError as SchemaError
from wagtail import blocks

from courses.content.schema import Part
from courses.plain import plain


class CheckedBlock(blocks.StructBlock):
    """A block that is also a part of a course as the schema knows it; `part` names which."""

    part: ClassVar[type[Part]]

    def clean(self, value: Any) -> Any:
        """As Wagtail's, and then as the schema asks."""
        cleaned = super().clean(value)
        try:
            self.read(self.get_prep_value(cleaned))
        except SchemaError as error:
            messages = [f"{_place(found['loc'])}{found['msg']}" for found in error.errors()]
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(message) for message in messages]
            ) from error
        return cleaned

    def read(self, raw: dict[str, Any]) -> Part:
        """The part as a frozen row, from what the database holds."""
        return self.part.model_validate({"type": self.name, **plain(raw)})

    def card(self, part: Any) -> Any:
        """What the template draws, as a learner meets it first."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds the card: for the editor's preview, since the player brings its own."""
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = self.card(self.read(self.get_prep_value(value)))
        return context


def _place(path: tuple[int | str, ...]) -> str:
    return f"{' '.join(str(step + 1) if isinstance(step, int) else step for step in path)}: " if path else ""
