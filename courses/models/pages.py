"""Courses and lessons as their authors write them. Shelves: what a learner meets is an edition of them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PagePermissionTester

from courses.blocks import LessonBody
from courses.blocks.rich_text import FEATURES
from training.pathways.models import Module
from training.people.models import User
from training.people.two_people import TwoPeople

# Addresses under a course that are not lessons (courses/urls.py)
TAKEN = {"start", "finish", "done", "said", "looked", "another-way", "answers"}
ONE_A_LINE = "One a line"
APPROVE = "courses.approve_course"
AS_LEARNER = ("", "As a learner meets it")
TO_LOOK_AT = ("look", "What to look at before publishing")


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class ChangeKind(models.TextChoices):
    """What an author says of a change: whether it is worth an edition, and another look by those who have finished."""

    CORRECTION = "correction", "A small correction: the edition keeps its number, and open courses show the new words"
    EDITION = "edition", "A new edition: whoever has begun the older one may finish it"
    SUBSTANTIVE = "substantive", "A new edition that people who finished an older one are asked to look at"


class PlayedPage(Page):
    """A page that learners meet in the player; its address in the content editor is the player's."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """As Wagtail's, save that publishing takes two."""
        return TwoPeople(user, self)

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


class WrittenForm(WagtailAdminPageForm):
    """Asks anew, once a change is out, what kind of change the next one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if page.pk and page.live and not page.has_unpublished_changes:
            self.initial |= {"change_kind": ChangeKind.EDITION, "whats_new": ""}


class WrittenPage(PlayedPage):
    """A page whose publishing makes an edition of its course, or corrects one."""

    change_kind = models.CharField(
        "this change is", max_length=12, choices=ChangeKind.choices, default=ChangeKind.EDITION
    )
    whats_new = models.CharField(
        "what is new",
        max_length=240,
        blank=True,
        help_text="One line for people who finished an older edition. Name no subject: it stands on their own page.",
    )

    base_form_class = WrittenForm
    change_panel: ClassVar = MultiFieldPanel([FieldPanel("change_kind"), FieldPanel("whats_new")], "This change")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Who is asked to look again is told why."""
        super().clean()
        if self.change_kind == ChangeKind.SUBSTANTIVE and not self.whats_new.strip():
            raise ValidationError({"whats_new": "Say in one line what is new, for those who are asked to look again."})


class CoursePage(WrittenPage):
    """A course for one module: online with its lessons here, or held elsewhere and told of here.

    Its slug is its address for learners: keep it neutral.
    """

    class CountsAs(models.TextChoices):
        """What finishing it means for the module."""

        WHOLE = "whole", "The whole module: finishing records it as completed"
        PART = "part", "A part of the module: finishing records nothing, and what is left is told"

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="courses")
    neutral_title = models.CharField(max_length=80, help_text="Says nothing of the subject: seen over a shoulder")
    summary = models.TextField()
    minutes = models.PositiveSmallIntegerField(help_text="0 where it takes no time of its own, such as an award")
    outcomes = models.TextField(help_text=ONE_A_LINE)
    pass_mark = models.PositiveSmallIntegerField(
        default=80, validators=[MinValueValidator(1), MaxValueValidator(100)], help_text="Per cent"
    )
    tries_before_rest = models.PositiveSmallIntegerField(
        "tries at the final check before a rest",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Empty: as many as one likes. After the rest as many tries again: nobody is ever shut out.",
    )
    rest_hours = models.PositiveSmallIntegerField(
        "hours of rest", default=24, validators=[MinValueValidator(1), MaxValueValidator(168)]
    )
    edition_label = models.CharField("edition", max_length=30, default="1.0")
    is_online = models.BooleanField(
        "done online, here",
        default=True,
        help_text="If not, this page tells how to book or record it and has no lessons",
    )
    counts_as = models.CharField(
        "finishing it counts as", max_length=5, choices=CountsAs.choices, default=CountsAs.WHOLE
    )
    how_to_book = models.TextField(blank=True, help_text="Of a session: who books a place, and how")
    how_to_record = models.TextField(blank=True, help_text="Who puts it on the learner's record, and how")
    stop_text = RichTextField("you can stop at any time", features=FEATURES)
    quiet_route_text = RichTextField("another way to do it", features=FEATURES)
    support_text = RichTextField("support", features=FEATURES)
    is_draft_for_review = models.BooleanField("draft for specialist review", default=True)
    review_note = models.TextField(blank=True)
    law_checked_on = models.DateField(null=True, blank=True)
    law_of = models.CharField(max_length=80, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_by = models.DateField("review again by", null=True, blank=True)
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
    preview_modes: ClassVar = [AS_LEARNER, TO_LOOK_AT]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("module"),
        FieldPanel("neutral_title"),
        FieldPanel("summary"),
        FieldPanel("outcomes"),
        FieldPanel("references"),
        FieldPanel("package"),
        MultiFieldPanel(
            [
                FieldPanel("is_online"),
                FieldPanel("counts_as"),
                FieldPanel("how_to_book"),
                FieldPanel("how_to_record"),
            ],
            "How it is done",
        ),
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("pass_mark"),
                FieldPanel("tries_before_rest"),
                FieldPanel("rest_hours"),
                FieldPanel("edition_label"),
            ],
            "Measures",
        ),
        MultiFieldPanel(
            [FieldPanel("stop_text"), FieldPanel("quiet_route_text"), FieldPanel("support_text")], "Welcome"
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_draft_for_review", permission=APPROVE),
                FieldPanel("reviewed_on", permission=APPROVE),
                FieldPanel("review_by"),
                FieldPanel("review_note"),
                FieldPanel("law_checked_on"),
                FieldPanel("law_of"),
            ],
            "Review",
        ),
        WrittenPage.change_panel,
    ]

    class Meta:
        verbose_name = "course"
        permissions: ClassVar = [("approve_course", "Can say that a specialist has read a course")]

    def clean(self) -> None:
        """A reviewed course says when, and when again; what is not done here alone says where to turn."""
        super().clean()
        if self.is_online and not self.minutes:
            raise ValidationError({"minutes": "Say how long it takes."})
        if self.is_online and not self.is_draft_for_review and not (self.reviewed_on and self.review_by):
            raise ValidationError(
                {"review_by": "A course that is no draft says when it was reviewed, and by when it will be again."}
            )
        if (self.counts_as == self.CountsAs.PART or not self.is_online) and not (
            self.how_to_book or self.how_to_record
        ):
            raise ValidationError({"how_to_book": "Say how the rest is booked, or who records it."})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The player's own page, or the list of what to look at."""
        return "courses/preview_look.html" if mode_name == "look" else "courses/preview_course.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Made by courses.previews, which reads pages: hence imported here."""
        from courses import previews

        context = super().get_preview_context(request, mode_name)
        if mode_name == "look":
            return context | {"looked": previews.look_at_course(self)}
        return context | {"course": self.slug, "outline": previews.course_outline(self), "is_preview": True}

    def player_path(self) -> str:
        """The course's first page."""
        return reverse("course", kwargs={"course": self.slug})


class BodyField(StreamField):
    """A lesson's stream. Which blocks there are is code and no shape of a table: a new one needs no migration."""

    def deconstruct(self) -> Any:
        """As a stream of nothing in particular."""
        name, _, _, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], kwargs | {"block_lookup": {}}


class LessonPage(WrittenPage):
    """A part of a course. One that holds a final check is the course's last."""

    neutral_title = models.CharField(max_length=80, help_text="Says nothing of the subject: seen over a shoulder")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    content_notes = models.TextField(blank=True, help_text=f"What may be hard to read here. {ONE_A_LINE}")
    body = BodyField(LessonBody())

    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    preview_modes: ClassVar = [
        AS_LEARNER,
        ("text", "Without the stories"),
        ("map", "Map of the stories"),
        TO_LOOK_AT,
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("neutral_title"),
        FieldPanel("minutes"),
        FieldPanel("content_notes"),
        FieldPanel("body"),
        WrittenPage.change_panel,
    ]

    class Meta:
        verbose_name = "lesson"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The lesson as the player draws it, the map of its branches, or the list of what to look at."""
        found = {"map": "courses/preview_map.html", "look": "courses/preview_look.html"}
        return found.get(mode_name, "courses/preview_lesson.html")

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Made by courses.previews, which reads pages: hence imported here."""
        from courses import previews

        context = super().get_preview_context(request, mode_name)
        if mode_name == "map":
            return context | {"maps": previews.story_maps(self)}
        if mode_name == "look":
            return context | {"looked": previews.look_at_lesson(self)}
        return context | previews.lesson_preview(self, text_only=mode_name == "text")

    def clean(self) -> None:
        """Keeps clear of the addresses that a course uses itself."""
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": f"'{self.slug}' is taken by the course itself: choose another."})

    def player_path(self) -> str:
        """The lesson in its course."""
        return reverse("lesson", kwargs={"course": self.get_parent().slug, "lesson": self.slug})
