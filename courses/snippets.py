"""Local services in the content editor, and which of them somebody has to check."""

from datetime import date
from typing import Any, ClassVar

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import LocalService
from training.access.clock import today


class LocalServiceViewSet(SnippetViewSet):
    """The list says of each whether learners see it."""

    model = LocalService
    icon = "site"
    menu_label = "Local services"
    menu_order = 360
    add_to_admin_menu = True
    list_display: ClassVar = [
        "name",
        "partnership",
        Column("kind", label="Kind", accessor="get_kind_display"),
        "checked_on",
        Column("standing", label="To learners", accessor=lambda service: service.standing(today())),
    ]
    list_filter: ClassVar = ["partnership", "kind"]
    search_fields: ClassVar = ["name", "about"]
    panels: ClassVar = [
        FieldPanel("partnership"),
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("about"),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("opening"), FieldPanel("website")], "How to reach it"),
        FieldPanel("checked_on"),
    ]


class ServicesPanel(Component):
    """On the content editor's first page: services that are hidden, or soon will be."""

    name = "services-to-check"
    order = 60
    template_name = "courses/cms_services.html"

    def __init__(self, *, on: date) -> None:
        self.on = on

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What is to be checked."""
        services = LocalService.objects.to_check(self.on).select_related("partnership")
        return {"services": [(service, service.standing(self.on)) for service in services]}
