"""The champions' area as its authors write it. Shelves: it is read through our own views, by champions alone."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from training.people.models import User
from training.people.two_people import TwoPeople

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
APPROVE = "courses.approve_course"  # the same people say that a specialist has read it
BRIEFING_MINUTES = 30


class AreaPage(Page):
    """A page that champions read at its own address; publishing it takes two people."""

    is_draft_for_review = models.BooleanField("draft for specialist review", default=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_by = models.DateField("review again by", null=True, blank=True)

    called: ClassVar = "pack"  # by the template

    review_panel: ClassVar = MultiFieldPanel(
        [
            FieldPanel("is_draft_for_review", permission=APPROVE),
            FieldPanel("reviewed_on", permission=APPROVE),
            FieldPanel("review_by"),
        ],
        "Review",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """What is no draft says when it was reviewed, and when again."""
        super().clean()
        if not self.is_draft_for_review and not (self.reviewed_on and self.review_by):
            raise ValidationError({"review_by": "Say when it was reviewed, and by when it will be again."})

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """As Wagtail's, save that publishing takes two."""
        return TwoPeople(user, self)

    def area_path(self) -> str:
        """Where champions read it."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int | None, str, str]:
        """As Wagtail's, whatever site the page hangs under."""
        return None, settings.BASE_URL, self.area_path()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The view stands in its place, with its gate."""
        return redirect(self.area_path())

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The page by the name that the view's template knows it by."""
        return super().get_preview_context(request, mode_name) | {self.called: self, "is_preview": True}


class FilesPage(AreaPage):
    """A page that offers files beside its words."""

    documents = StreamField(
        [("document", DocumentChooserBlock())],
        blank=True,
        help_text="Slides or leaflets. Their names stay on devices: let them say nothing of the subject",
    )

    class Meta:
        abstract = True

    @property
    def document_ids(self) -> set[int]:
        """Of the files it offers."""
        return {int(each["value"]) for each in self.documents.raw_data if each["value"]}


class ChampionsAreaPage(AreaPage):
    """Under which the area hangs. Nobody reads it."""

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["champions.BriefingPack", "champions.Resource"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = "champions' area"

    def area_path(self) -> str:
        """One's own page in the network."""
        return reverse("my-champion-page")


class WordsBlock(blocks.StructBlock):
    """Some words under a heading."""

    title = blocks.CharBlock(max_length=120, required=False)
    text = blocks.RichTextBlock(features=FEATURES)


class BriefingPack(FilesPage):
    """What a champion needs to brief a team in half an hour: what to say, what to ask, what to leave behind."""

    audience = models.CharField("for whom", max_length=200)
    minutes = models.PositiveSmallIntegerField(
        default=BRIEFING_MINUTES, validators=[MinValueValidator(5), MaxValueValidator(180)]
    )
    summary = models.TextField()
    content_notes = models.TextField(blank=True, help_text="What may be hard to hear. One a line")
    body = StreamField(
        [
            ("say", WordsBlock(icon="pilcrow", label="What to say")),
            ("ask", WordsBlock(icon="help", label="What to ask the room")),
            ("note", WordsBlock(icon="info-circle", label="For the champion alone")),
        ]
    )
    handout = StreamField([("words", WordsBlock(icon="doc-full", label="Words"))], blank=True)
    law_checked_on = models.DateField(null=True, blank=True)
    references = models.TextField(blank=True, help_text="Published sources that the text rests on. One a line")

    parent_page_types: ClassVar = ["champions.ChampionsAreaPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("minutes"),
        FieldPanel("summary"),
        FieldPanel("content_notes"),
        FieldPanel("body"),
        FieldPanel("handout"),
        FieldPanel("documents"),
        FieldPanel("references"),
        FieldPanel("law_checked_on"),
        AreaPage.review_panel,
    ]

    class Meta:
        verbose_name = "briefing pack"

    def area_path(self) -> str:
        """The pack's page."""
        return reverse("briefing-pack", args=[self.slug])

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """As a champion meets it."""
        return "champions/briefing_pack.html"


class Resource(FilesPage):
    """Something on the champions' shelf: to read, to print, to show."""

    class Kind(models.TextChoices):
        """What it is for."""

        GUIDE = "guide", "To read"
        PRINT = "print", "To print"
        SHOW = "show", "To show"

    called: ClassVar = "resource"

    kind = models.CharField("what it is for", max_length=10, choices=Kind.choices)
    summary = models.TextField()
    content_notes = models.TextField(blank=True, help_text="What may be hard to hear. One a line")
    body = StreamField([("words", WordsBlock(icon="doc-full", label="Words"))], blank=True)
    law_checked_on = models.DateField(null=True, blank=True)
    references = models.TextField(blank=True, help_text="Published sources that the text rests on. One a line")

    parent_page_types: ClassVar = ["champions.ChampionsAreaPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("content_notes"),
        FieldPanel("body"),
        FieldPanel("documents"),
        FieldPanel("references"),
        FieldPanel("law_checked_on"),
        AreaPage.review_panel,
    ]

    def area_path(self) -> str:
        """Its page."""
        return reverse("resource", args=[self.slug])

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """As a champion meets it."""
        return "champions/resource.html"
