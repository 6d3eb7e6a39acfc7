"""Pages that show a strategy, its easy-read version, the training and the help there is."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from courses.editors import site_group
from courses.models.pages import BodyField
from home.easy import PICTURES
from training.access.clock import today
from training.strategy.models import Strategy

from .pages import TEXT_HELP, PartnershipPage, ProseBlock, PublicPage, refuse_unchecked_numbers


class StrategyForm(WagtailAdminPageForm):
    """Offers the strategies of the partnership that the page hangs under, and no others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = kwargs.get("parent_page")
        site = PartnershipPage.objects.filter(pk=parent.pk).first() if parent else None
        if "strategy" in self.fields:
            published = Strategy.objects.published()
            mine = published.filter(partnership=site.partnership_id) if site else published.none()
            self.fields["strategy"].queryset = mine
        self.site = site

    def is_valid(self) -> bool:
        """Only documents that were put among the partnership's public ones: no other file gets out by its number."""
        is_valid = super().is_valid()
        for form in self.formsets["downloads"].forms if "downloads" in self.formsets else []:
            document = getattr(form, "cleaned_data", {}).get("document")
            if document and self.site and document.collection.name != site_group(self.site.partnership):
                form.add_error("document", f"Choose one from the collection '{site_group(self.site.partnership)}'.")
                is_valid = False
        return is_valid

    def clean(self) -> dict[str, Any]:
        """One page for a strategy."""
        cleaned = super().clean()
        chosen = cleaned.get("strategy")
        if chosen and StrategyPage.objects.filter(strategy=chosen).exclude(pk=self.instance.pk).exists():
            self.add_error("strategy", "This strategy has a page already.")
        return cleaned


class StrategyPage(PublicPage):
    """A strategy for everybody: what it wants, what it promises, how far it is, and what can be read and taken away."""

    screen_words = "Our strategy"
    about = "What a partnership of local agencies promised, and how far it is."
    door = "What we want, what we promise, and how far we are."

    strategy = models.ForeignKey(
        Strategy,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What it wants and promises comes from the strategy as it was loaded, and the figures from the "
        "latest summary that the partnership has published: neither is typed here.",
    )
    introduction = StreamField(ProseBlock(), blank=True, help_text=TEXT_HELP)

    base_form_class = StrategyForm
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("strategy"),
        FieldPanel("introduction"),
        InlinePanel(
            "downloads",
            heading="Documents to download",
            label="Document",
            help_text="Whoever takes one gets it as 'document' with a number: its own file name is not shown.",
        ),
    ]
    parent_page_types: ClassVar = ["home.PartnershipPage"]
    subpage_types: ClassVar = ["home.EasyReadPage"]
    page_description = "A strategy of the partnership, with where it stands."
    template = "home/public/strategy.html"

    class Meta:
        verbose_name = "strategy page"

    def clean(self) -> None:
        """A strategy of another partnership would be shown as this one's."""
        super().clean()
        site = PartnershipPage.objects.ancestor_of(self).first() if self.path else None
        if site and self.strategy_id and self.strategy.partnership_id != site.partnership_id:
            raise ValidationError({"strategy": "Choose a strategy of this partnership."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the strategy, and what was last published of it."""
        from home.public.strategy import told_of

        context = super().get_context(request, *args, **kwargs)
        return context | {"told": told_of(self, context["site"], request)}


class Download(Orderable):
    """A document that anybody may take from a strategy's page."""

    page = ParentalKey(StrategyPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(get_document_model_string(), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, help_text="What it is, in words for anybody")
    about = models.CharField(max_length=240, blank=True, help_text="What is in it, in a sentence")

    panels: ClassVar = [FieldPanel("document"), FieldPanel("title"), FieldPanel("about")]

    @property
    def saved_as(self) -> str:
        """The name it is taken under, which says nothing of the subject, whatever its author called the file."""
        return f"document-{self.pk}.{self.document.file_extension.lower()}"

    def clean(self) -> None:
        """As on every public page."""
        super().clean()
        refuse_unchecked_numbers(self.title, self.about)


class EasyLine(blocks.StructBlock):
    """A few words with a picture beside them."""

    picture = blocks.ChoiceBlock(choices=list(PICTURES.items()))
    words = blocks.CharBlock(max_length=140, help_text="One short sentence, for everybody. One thought.")


class EasyBlock(blocks.StreamBlock):
    """What an easy-read page is made of."""

    heading = blocks.CharBlock(max_length=60, icon="title")
    line = EasyLine(icon="pilcrow")


class EasyReadPage(PublicPage):
    """A strategy in easy read: short sentences in large type, each with a picture beside it."""

    screen_words = "Easy read"
    about = "What a partnership of local agencies promised, in easy words with pictures."

    is_draft_for_review = models.BooleanField(
        "draft for specialist review",
        default=True,
        help_text="Untick it once people who use easy read have read this, and it was changed as they said.",
    )
    body = BodyField(EasyBlock(), help_text="A heading now and then, and a line for each thought.")

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("is_draft_for_review"), FieldPanel("body")]
    parent_page_types: ClassVar = ["home.StrategyPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "The strategy in easy words, with a picture beside each."
    max_count_per_parent = 1
    template = "home/public/easy_read.html"

    class Meta:
        verbose_name = "easy-read page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With its lines under their headings."""
        from home.easy import parts

        return super().get_context(request, *args, **kwargs) | {"parts": parts(self.body)}


class CataloguePage(PublicPage):
    """The partnership's training, for anybody: what each module is, for whom, how long, and how it is done."""

    screen_words = "Training"
    about = "Which training a partnership of local agencies asks for, of whom, and how it is done."
    door = "Each module: what it is, for whom, and how long it takes."

    introduction = StreamField(ProseBlock(), blank=True, help_text=TEXT_HELP)
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.PartnershipPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Every module of the pathway. They come from the pathway itself."
    max_count_per_parent = 1
    template = "home/public/catalogue.html"

    class Meta:
        verbose_name = "training page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the modules of the pathway in force."""
        from home.pathway import pathway_rows

        context = super().get_context(request, *args, **kwargs)
        site = context["site"]
        return context | {"pathways": pathway_rows(on=today(), partnership=site.partnership) if site else []}


class HelpPage(PublicPage):
    """Where to turn: help that reaches everybody, and the partnership's local services with the day of their check."""

    screen_words = "Help"
    about = "Where to turn, and how to look at this without others knowing."
    door = "Where to turn, near here and everywhere."

    introduction = StreamField(ProseBlock(), blank=True, help_text=TEXT_HELP)
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.PartnershipPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Where to turn. Services and numbers come from 'Local services', where two people check them."
    max_count_per_parent = 1
    template = "home/public/help.html"

    class Meta:
        verbose_name = "help page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the services whose check holds today."""
        from home.public.around import services

        context = super().get_context(request, *args, **kwargs)
        return context | {"kinds": services(context["site"], on=today())}
