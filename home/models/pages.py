"""The public site's pages: shelves, no rules live here. What a page shows of the data comes from `home.public`."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import resolve
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from home.wording import tells_the_subject, unchecked_numbers
from training.people.models import Partnership

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
UNDER_FRONT = 3  # the root, the front page, its pages
TEXT_HELP = "Short sentences. No names of people, and nothing that happened to somebody."


def refuse_unchecked_numbers(*texts: str) -> None:
    """Somebody in danger may ring it. Raises ValidationError."""
    if found := unchecked_numbers(strip_tags(" ".join(texts))):
        raise ValidationError(
            f"{found[0]} is not a number that two people have checked. Services and their numbers stand under "
            "'Local services', and come onto the help page from there."
        )


class ProseBlock(StreamBlock):
    """What an information page is made of."""

    text = RichTextBlock(features=PROSE, template="home/blocks/text.html")


class PublicPage(Page):
    """What all public pages have in common: an address and a title on the screen that tell nothing of the subject.

    `screen_words` stand in the browser's title where the page's own title tells the subject; `about` is what search
    engines show, and `door` what the partnership's first page says of it, the same for each page of a kind.
    """

    screen_words: ClassVar[str] = "Information"
    about: ClassVar[str] = "Shared learning for everyone who works with the public."
    door: ClassVar[str] = ""
    promote_panels: ClassVar = [
        FieldPanel("slug", help_text="The end of the page's address. Seen over a shoulder: name no subject."),
        FieldPanel("show_in_menus", help_text="Tick it to have the page in the menu of the partnership's site."),
    ]

    class Meta:
        abstract = True

    @property
    def screen_title(self) -> str:
        """The browser's title."""
        return self.screen_words if tells_the_subject(self.title) else self.title

    def clean(self) -> None:
        """A neutral address, and no number that nobody has checked."""
        super().clean()
        if tells_the_subject(self.slug or ""):
            raise ValidationError({"slug": "The address tells the subject to whoever sees the screen: choose another."})
        if self.depth == UNDER_FRONT and resolve(f"/{self.slug}/").url_name != "wagtail_serve":
            raise ValidationError({"slug": "Another part of the site has this address already: choose another."})
        refuse_unchecked_numbers(self.title, *(str(getattr(self, each.name)) for each in self._own_texts()))

    def _own_texts(self) -> list[Any]:
        """The fields that this kind of page has for words."""
        return [each for each in self._meta.local_fields if isinstance(each, models.CharField | StreamField)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the menu and the way up; home.public reads pages, hence imported here."""
        from home.public.around import around

        return super().get_context(request, *args, **kwargs) | around(self, request)


class FrontPage(PublicPage):
    """The first page of the public site: a lead and some text above the doors that the site itself offers."""

    lead = StreamField(ProseBlock(max_num=1, required=False), blank=True, help_text=TEXT_HELP)
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["home.PartnershipPage", "home.InformationPage"]
    max_count = 1
    template = "home/front.html"

    class Meta:
        verbose_name = "front page"


class InformationPage(PublicPage):
    """A public page of text: how we use data, accessibility, who we are."""

    summary = models.CharField(
        max_length=160, blank=True, help_text="What is in it, in a sentence: for the partnership's first page"
    )
    body = StreamField(ProseBlock(), blank=True, help_text=TEXT_HELP)
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types: ClassVar = ["home.FrontPage", "home.PartnershipPage", "home.InformationPage"]
    subpage_types: ClassVar = ["home.InformationPage"]
    page_description = "A page of text, such as who we are."
    template = "home/information.html"

    class Meta:
        verbose_name = "page of text"
        verbose_name_plural = "pages of text"


class PartnershipPage(PublicPage):
    """The first page of one partnership's site; everything of the partnership hangs under it.

    Made by `manage.py open_site`, so that nobody gives a site to another partnership by hand.
    """

    screen_words = "Partnership"
    about = "A partnership of local agencies: what it promised, how far it is, its training, and where to turn."

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="site", editable=False)
    lead = models.CharField(
        max_length=300, blank=True, help_text="Who you are and what you are for, in a sentence or two."
    )
    body = StreamField(ProseBlock(), blank=True, help_text=TEXT_HELP)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types: ClassVar = ["home.FrontPage"]
    subpage_types: ClassVar = [
        "home.StrategyPage",
        "home.CataloguePage",
        "home.NewsIndexPage",
        "home.HelpPage",
        "home.InformationPage",
    ]
    is_creatable = False
    template = "home/public/partnership.html"

    class Meta:
        verbose_name = "first page of a partnership"
        verbose_name_plural = "first pages of partnerships"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what there is to find, and the latest news."""
        from home.public.around import doors

        return super().get_context(request, *args, **kwargs) | doors(self, request)
