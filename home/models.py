"""The public site's pages, edited in the content editor: shelves, no rules live here. And HR's saved filters."""

import uuid
from typing import Self

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, User

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


class SavedFilterQuerySet(ScopedQuerySet):
    """Saved filters: each its owner's, and nobody else's."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(user=access.user_id)

    def within(self, agency: Agency) -> Self:
        """Those of one agency's list."""
        return self._scoped("within").filter(agency=agency)


class SavedFilter(models.Model):
    """What somebody narrows an agency's list of people to, to come back to. Holds choices, never searched words."""

    wagtail_reference_index_ignore = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="saved_filters")
    title = models.CharField(max_length=60)
    chosen = models.JSONField(default=dict, help_text="Choices of the form, by the field's name")
    recorded_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "title"], name="saved_filter_title_once_a_user_and_agency"
            )
        ]

    def __str__(self) -> str:
        return f"saved filter {self.pk}"
