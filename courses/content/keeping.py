"""The parts of a lesson in which a learner keeps something: words of their own, or how sure they feel."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from courses.content.base import Part, Slug, Text, refuse_repeats

ShortSlug = Annotated[Slug, StringConstraints(max_length=60)]


class Reflection(Part):
    """A place to write for oneself. What is written is sealed, and opens for its author alone."""

    type: Literal["reflection"]
    key: ShortSlug
    text: Text


class Statement(Part):
    """Something one may feel more or less sure of."""

    key: ShortSlug
    text: Text


class Survey(Part):
    """How sure one feels, asked before and asked again after; the same key ties the two together."""

    type: Literal["survey"]
    key: ShortSlug
    moment: Literal["before", "after"]
    statements: Annotated[list[Statement], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def asks_each_thing_once(self) -> Self:
        refuse_repeats("statement key", (statement.key for statement in self.statements))
        return self


def refuse_unpaired(surveys: list[Survey]) -> None:
    """Raise ValueError unless each survey is asked once before, then once after, with the same statements."""
    for key in dict.fromkeys(survey.key for survey in surveys):
        asked = [survey for survey in surveys if survey.key == key]
        if [survey.moment for survey in asked] != ["before", "after"]:
            raise ValueError(f"survey {key}: ask it once before and then once after")
        if asked[0].statements != asked[1].statements:
            raise ValueError(f"survey {key}: before and after have different statements")
