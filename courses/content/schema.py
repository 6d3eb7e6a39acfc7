"""The shape of a packaged course, so that a slip in the text is found before a learner meets it.

A course is one YAML file beside this one. `read_course` refuses a file whose shape is wrong, and the
error names the place: `lessons.3.blocks.5.knowledge_check.options.1.feedback`.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from courses.content.base import Html, Minutes, Part, Slug, Text, read_yaml, refuse_repeats
from courses.content.branches import Moment, Way, faults
from courses.content.keeping import Reflection, Survey, refuse_unpaired
from courses.content.questions import FinalQuestion, KnowledgeCheck, Question
from courses.content.told import Audio, Directory, Download, Glossary, Image, Quote, Table, Tabs, Timeline, Video


class RichText(Part):
    type: Literal["rich_text"]
    html: Html


class Callout(Part):
    type: Literal["callout"]
    title: Text
    html: Html
    tone: Literal["info", "warning", "help"]


class ContentNote(Part):
    """Says before a scenario or film what kind of harm it holds, how long it is, and that it may be skipped."""

    type: Literal["content_note"]
    kind: Text
    minutes: Minutes
    text: Text


class Details(Part):
    type: Literal["details"]
    summary: Text
    html: Html


class ReflectionPrompt(Part):
    """A thought to hold for a moment. There is nothing to type and nothing is kept."""

    type: Literal["reflection_prompt"]
    text: Text


class Choice(Part):
    """One thing the learner could do; its consequence is what the person feels able to do next."""

    key: Slug
    text: Text
    consequence: Html
    goes_to: Slug


class Step(Part):
    key: Slug
    text: Html
    choices: Annotated[list[Choice], Field(min_length=2)]

    @model_validator(mode="after")
    def has_its_own_choices(self) -> Self:
        refuse_repeats("choice key", (choice.key for choice in self.choices))
        return self


class Scenario(Part):
    """A story in steps that only lead onward, each way ending in the debrief."""

    type: Literal["scenario"]
    key: Slug
    title: Text
    intro: Html
    steps: Annotated[list[Step], Field(min_length=1)]
    debrief: Html

    @model_validator(mode="after")
    def leads_onward_to_the_debrief(self) -> Self:
        if found := faults([moment_of(step) for step in self.steps]):
            raise ValueError(" ".join(found))
        return self


def moment_of(step: Step) -> Moment:
    """A step as the map of its story knows it."""
    return Moment(step.key, step.text, tuple(Way(choice.text, choice.goes_to) for choice in step.choices))


class TomorrowOption(Part):
    key: Slug
    text: Text


class Tomorrow(Part):
    """What I will do tomorrow: chosen from a list, never typed."""

    type: Literal["tomorrow"]
    options: Annotated[list[TomorrowOption], Field(min_length=2)]


Block = Annotated[
    RichText
    | Callout
    | ContentNote
    | Video
    | Audio
    | Image
    | Quote
    | Details
    | Tabs
    | Table
    | Timeline
    | Download
    | Glossary
    | Directory
    | KnowledgeCheck
    | Scenario
    | ReflectionPrompt
    | Reflection
    | Survey
    | Tomorrow,
    Field(discriminator="type"),
]


class Lesson(Part):
    slug: Slug
    title: Text
    neutral_title: Text
    minutes: Minutes
    content_notes: list[Text]
    blocks: Annotated[list[Block], Field(min_length=1)]

    @model_validator(mode="after")
    def warns_before_a_story(self) -> Self:
        unwarned = [
            block.title
            for before, block in zip([None, *self.blocks], self.blocks, strict=False)
            if isinstance(block, Scenario | Video | Audio) and not isinstance(before, ContentNote)
        ]
        if unwarned:
            raise ValueError(f"{self.slug}: '{unwarned[0]}' needs a content_note just before it")
        return self


class FinalCheck(Part):
    """The check at the end: `ask` questions drawn from the pool each time."""

    slug: Slug
    title: Text
    neutral_title: Text
    minutes: Minutes
    ask: Annotated[int, Field(gt=0)]
    intro: Html
    questions: list[FinalQuestion]
    passed: Html
    not_yet: Html

    @model_validator(mode="after")
    def asks_no_more_than_it_holds(self) -> Self:
        if self.ask > len(self.questions):
            raise ValueError(f"asks {self.ask} questions out of {len(self.questions)}")
        return self


class Review(Part):
    """Who has still to look at the text, and when its law was last checked."""

    status: Literal["draft", "reviewed"]
    note: Text
    law_checked_on: date
    law_of: Text
    reviewed_on: date | None = None
    review_by: date | None = None

    @model_validator(mode="after")
    def says_when_it_was_read(self) -> Self:
        if self.status == "reviewed" and not (self.reviewed_on and self.review_by):
            raise ValueError("a reviewed course says when it was reviewed, and by when it will be again")
        return self


class Change(Part):
    """What kind of change this text is to the one before, as an author says it in the content editor."""

    kind: Literal["correction", "edition", "substantive"]
    whats_new: str = ""

    @model_validator(mode="after")
    def says_what_is_new(self) -> Self:
        if self.kind == "substantive" and not self.whats_new:
            raise ValueError("whoever is asked to look again is told in one line what is new")
        return self


class Welcome(Part):
    """Shown on the course's first page, before anything else."""

    stop: Html
    quiet_route: Html
    support: Html


class Rest(Part):
    """So many tries at the final check, then a rest, then as many again."""

    tries: Annotated[int, Field(ge=1)]
    rest_hours: Annotated[int, Field(ge=1, le=168)] = 24


class Course(Part):
    module: Annotated[str, StringConstraints(pattern=r"^DA-[A-Z][0-9]+$")]
    slug: Slug
    edition: Text
    title: Text
    neutral_title: Text
    summary: Text
    minutes: Minutes
    pass_mark: Annotated[int, Field(gt=0, le=100)]
    attempts: Literal["unlimited"] | Rest
    counts_as: Literal["whole", "part"] = "whole"
    how_to_book: str = ""
    how_to_record: str = ""
    change: Change = Change(kind="edition")
    review: Review
    welcome: Welcome
    outcomes: Annotated[list[Text], Field(min_length=1)]
    references: Annotated[list[Text], Field(min_length=1)]
    lessons: Annotated[list[Lesson], Field(min_length=1)]
    final_check: FinalCheck

    def checks(self) -> list[KnowledgeCheck]:
        """The questions asked during the lessons, in order."""
        return [block for lesson in self.lessons for block in lesson.blocks if isinstance(block, KnowledgeCheck)]

    def scenarios(self) -> list[Scenario]:
        return [block for lesson in self.lessons for block in lesson.blocks if isinstance(block, Scenario)]

    def surveys(self) -> list[Survey]:
        return [block for lesson in self.lessons for block in lesson.blocks if isinstance(block, Survey)]

    def reflections(self) -> list[Reflection]:
        return [block for lesson in self.lessons for block in lesson.blocks if isinstance(block, Reflection)]

    def questions(self) -> list[Question]:
        """Every question of the course, the final check's last."""
        return [*self.checks(), *self.final_check.questions]

    @model_validator(mode="after")
    def says_what_is_left(self) -> Self:
        if self.counts_as == "part" and not (self.how_to_book or self.how_to_record):
            raise ValueError("a part of a module says how the rest is booked, or who records it")
        return self

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        parts = sum(lesson.minutes for lesson in self.lessons) + self.final_check.minutes
        if parts != self.minutes:
            raise ValueError(f"minutes: the lessons and final check take {parts}, the course says {self.minutes}")
        return self

    @model_validator(mode="after")
    def uses_each_key_once(self) -> Self:
        slugs = [lesson.slug for lesson in self.lessons]
        refuse_repeats("slug", [*slugs, self.final_check.slug])
        asked = [question.key for question in self.questions()]
        refuse_repeats("reflection key", (reflection.key for reflection in self.reflections()))
        refuse_unpaired(self.surveys())
        refuse_repeats("key", [*asked, *(scenario.key for scenario in self.scenarios())])
        for question in self.questions():
            if question.read_again not in slugs:
                raise ValueError(f"{question.key}: read_again names no lesson: {question.read_again}")
        return self

    @model_validator(mode="after")
    def tests_every_outcome(self) -> Self:
        tested = {question.outcome for question in self.final_check.questions}
        if tested != set(range(1, len(self.outcomes) + 1)):
            raise ValueError(f"the final check tests outcomes {sorted(tested)} of {len(self.outcomes)}")
        return self


def read_course(name: str) -> Course:
    """The packaged course in `<name>.yaml`; raises pydantic's ValidationError, which names the field."""
    path = Path(__file__).with_name(f"{name}.yaml")
    return Course.model_validate(read_yaml(path))
