"""Courses and lessons as their authors write them. Shelves: what a learner meets is an edition of them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from courses.blocks import LessonBody
from courses.blocks.rich_text import FEATURES
from training.pathways.models import Module

# Addresses under a course that are not lessons (courses/urls.py)
TAKEN = {"start", "finish", "done", "another-way", "answers"}
ONE_A_LINE = "One a line"


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class PlayedPage(Page):
    """A page that learners meet in the player; its address in the content editor is the player's."""

    class Meta:
        abstract = True

    def player_path(self) -> str:
        """Where the player shows it."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int | None, str, str]:
        """As Wagtail's, whatever site the page hangs under."""
        return None, settings.BASE_URL, self.player_path()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The player stands in its place."""
        return redirect(self.player_path())


class CourseIndexPage(PlayedPage):
    """Where all courses hang. Learners never see it: their page is `learning`."""

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["courses.CoursePage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = "course index"

    def player_path(self) -> str:
        """The learner's page, which lies above all courses."""
        return "/learning/"


class CoursePage(PlayedPage):
    """An online course for one module. Its slug is its address for learners: keep it neutral."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="courses")
    neutral_title = models.CharField(max_length=80, help_text="Says nothing of the subject: seen over a shoulder")
    summary = models.TextField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    outcomes = models.TextField(help_text=ONE_A_LINE)
    pass_mark = models.PositiveSmallIntegerField(
        default=80, validators=[MinValueValidator(1), MaxValueValidator(100)], help_text="Per cent"
    )
    edition_label = models.CharField("edition", max_length=30, default="1.0")
    stop_text = RichTextField("you can stop at any time", features=FEATURES)
    quiet_route_text = RichTextField("another way to do it", features=FEATURES)
    support_text = RichTextField("support", features=FEATURES)
    is_draft_for_review = models.BooleanField("draft for specialist review", default=True)
    review_note = models.TextField(blank=True)
    law_checked_on = models.DateField(null=True, blank=True)
    law_of = models.CharField(max_length=80, blank=True)
    references = models.TextField(blank=True, help_text=f"Published sources that the text rests on. {ONE_A_LINE}")
    package = models.ForeignKey(
        "courses.Package",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        help_text="A package written elsewhere, in place of lessons. Upload it under 'Packages' first.",
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types: ClassVar = ["courses.CourseIndexPage"]
    subpage_types: ClassVar = ["courses.LessonPage"]
    template = "courses/preview_course.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("module"),
        FieldPanel("neutral_title"),
        FieldPanel("summary"),
        FieldPanel("outcomes"),
        FieldPanel("references"),
        FieldPanel("package"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("pass_mark"), FieldPanel("edition_label")], "Measures"),
        MultiFieldPanel(
            [FieldPanel("stop_text"), FieldPanel("quiet_route_text"), FieldPanel("support_text")], "Welcome"
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_draft_for_review"),
                FieldPanel("review_note"),
                FieldPanel("law_checked_on"),
                FieldPanel("law_of"),
            ],
            "Review",
        ),
    ]

    class Meta:
        verbose_name = "course"

    def player_path(self) -> str:
        """The course's first page."""
        return reverse("course", kwargs={"course": self.slug})


class BodyField(StreamField):
    """A lesson's stream. Which blocks there are is code and no shape of a table: a new one needs no migration."""

    def deconstruct(self) -> Any:
        """As a stream of nothing in particular."""
        name, _, _, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], kwargs | {"block_lookup": {}}


class LessonPage(PlayedPage):
    """A part of a course. One that holds a final check is the course's last."""

    neutral_title = models.CharField(max_length=80, help_text="Says nothing of the subject: seen over a shoulder")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    content_notes = models.TextField(blank=True, help_text=f"What may be hard to read here. {ONE_A_LINE}")
    body = BodyField(LessonBody())

    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/preview_lesson.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("neutral_title"),
        FieldPanel("minutes"),
        FieldPanel("content_notes"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "lesson"

    def clean(self) -> None:
        """Keeps clear of the addresses that a course uses itself."""
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": f"'{self.slug}' is taken by the course itself: choose another."})

    def player_path(self) -> str:
        """The lesson in its course."""
        return reverse("lesson", kwargs={"course": self.get_parent().slug, "lesson": self.slug})
