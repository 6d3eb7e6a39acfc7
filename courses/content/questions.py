"""Questions: what is asked, which answers there are, and what is right."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from courses.content.base import Part, Slug, Text, refuse_repeats


class Option(Part):
    """An answer to choose, or a thing to put in its place; `goes_with` is the key of its group, in matching."""

    key: Slug
    text: Text
    correct: bool = False
    goes_with: str = ""
    feedback: Text


class Group(Part):
    """Where things can be put, in matching and sorting."""

    key: Slug
    text: Text


class Question(Part):
    """What is asked, whether during a lesson or in the final check.

    One or several answers are chosen. Or every option is given a place: its number, where the options are written in
    the right order, or its group. With a picture, the options are places that the picture shows, told in words.
    """

    key: Slug
    prompt: Text
    kind: Literal["single", "multiple", "order", "match"]
    image: int | str | None = None
    alt: str = ""
    groups: list[Group] = []
    options: Annotated[list[Option], Field(min_length=3)]
    explanation: Text
    read_again: Slug

    @property
    def is_placed(self) -> bool:
        """Whether every option is given a place, rather than some being chosen."""
        return self.kind in {"order", "match"}

    def places(self) -> list[Group]:
        """Where options can be put."""
        if self.kind == "order":
            return [Group(key=str(number), text=str(number)) for number in range(1, len(self.options) + 1)]
        return self.groups

    def right(self) -> frozenset[str]:
        """The right answer: the keys to choose, or every 'option:place'."""
        if self.kind == "order":
            return frozenset(f"{option.key}:{number}" for number, option in enumerate(self.options, start=1))
        if self.kind == "match":
            return frozenset(f"{option.key}:{option.goes_with}" for option in self.options)
        return frozenset(option.key for option in self.options if option.correct)

    @model_validator(mode="after")
    def has_a_fair_answer(self) -> Self:
        refuse_repeats("option key", (option.key for option in self.options))
        if self.kind == "match":
            self._refuse_unfair_groups()
        elif self.groups:
            raise ValueError(f"{self.key}: only a matching question has groups")
        if not self.is_placed:
            self._refuse_unfair_choice()
        return self

    @model_validator(mode="after")
    def says_in_words_what_its_picture_shows(self) -> Self:
        if bool(self.image) != bool(self.alt.strip()):
            raise ValueError(f"{self.key}: a picture and the words that say what it shows belong together")
        return self

    def _refuse_unfair_choice(self) -> None:
        correct = sum(option.correct for option in self.options)
        if self.kind == "single" and correct != 1:
            raise ValueError(f"{self.key}: a single choice has exactly one correct option, not {correct}")
        if not 0 < correct < len(self.options):
            raise ValueError(f"{self.key}: some options are correct and some are not")

    def _refuse_unfair_groups(self) -> None:
        groups = [group.key for group in self.groups]
        refuse_repeats("group key", groups)
        if len(groups) < 2:
            raise ValueError(f"{self.key}: matching needs at least two groups")
        for option in self.options:
            if option.goes_with not in groups:
                raise ValueError(f"{self.key}: '{option.text}' goes with no group: '{option.goes_with}'")
        if empty := set(groups) - {option.goes_with for option in self.options}:
            raise ValueError(f"{self.key}: nothing goes with {', '.join(sorted(empty))}")


class KnowledgeCheck(Question):
    """Asked on the way."""

    type: Literal["knowledge_check"]


class FinalQuestion(Question):
    """Tied to the outcome it shows, counted from 1."""

    outcome: Annotated[int, Field(ge=1)]
