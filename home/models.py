"""The public site's pages, edited in the content editor. Shelves: no rules live here."""

from wagtail.admin.panels import FieldPanel
from wagtail.blocks import RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class ProseBlock(StreamBlock):
    """What an information page is made of."""

    text = RichTextBlock(features=PROSE, template="home/blocks/text.html")


class FrontPage(Page):
    """The first page of the public site: a lead and some text above the doors that the site itself offers."""

    lead = StreamField(ProseBlock(max_num=1, required=False), blank=True)
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "home/front.html"


class InformationPage(Page):
    """A public page of text: how we use data, accessibility, who we are."""

    body = StreamField(ProseBlock(), blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["home.FrontPage", "home.InformationPage"]
    template = "home/information.html"
