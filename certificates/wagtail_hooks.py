"""Designs in the content editor: looked at, and a new version made; never changed or deleted."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.decorators import method_decorator
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from certificates.design_forms import SIGNATORIES, DesignForm
from certificates.designs import save_design
from certificates.models import Design
from training.access.gates import requires
from training.access.permissions import Permission


@method_decorator(requires(Permission.REVIEW_CONTENT), name="dispatch")
class NewDesignView(CreateView):
    """A further version."""

    def save_instance(self) -> Design:
        """By our own service, so that it is numbered, frozen and on record."""
        by = self.request.access.actor
        return save_design(self.form.save(commit=False), by=by, at=timezone.now())

    def get_success_buttons(self) -> list[Any]:
        """Without 'Edit', since a design never changes."""
        return []


class DesignViewSet(SnippetViewSet):
    """Every version of every partnership, the newest of each first."""

    model = Design
    icon = "clipboard-list"
    menu_label = "Certificate designs"
    menu_order = 370
    add_to_admin_menu = True
    add_view_class = NewDesignView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["partnership", "shape", "ink", "accent", "logo_says", "signatories", "made_at"]
    list_display: ClassVar = ["__str__", "shape", "ink", "accent", "made_at"]
    list_filter: ClassVar = ["partnership"]
    edit_handler = ObjectList(
        [
            FieldPanel("partnership"),
            FieldPanel("shape"),
            FieldRowPanel([FieldPanel("ink"), FieldPanel("accent", help_text="Of a heading, lines and dots")]),
            MultiFieldPanel([FieldPanel("picture"), FieldPanel("keeps_logo"), FieldPanel("logo_says")], "Logo"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel(f"name_{each}"), FieldPanel(f"role_{each}")]) for each in SIGNATORIES],
                "Who signs",
            ),
        ],
        base_form_class=DesignForm,
    )


register_snippet(DesignViewSet)
