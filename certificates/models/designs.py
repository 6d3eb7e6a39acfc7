"""How partnerships' certificates look: versions of designs, and the logos on them. Nothing of it ever changes."""

import uuid
from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.models import PreviewableMixin

from certificates.looks import PLAIN, Look, Shape, Signatory, as_address
from training.people.models import Partnership


class Logo(models.Model):
    """A picture as it is printed, drawn anew by the confined child; kept once, by what it is. Never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"logo {self.sha256[:8]}"


class Design(PreviewableMixin, models.Model):
    """How a partnership's certificates look from a moment on. Each that is saved is a further version; none changes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="designs")
    number = models.PositiveIntegerField(editable=False)
    shape = models.CharField(
        max_length=10, choices=[choice for choice in Shape.choices if choice[0] != Shape.CARD], default=Shape.LANDSCAPE
    )
    ink = models.CharField("dark colour", max_length=7, default=PLAIN.ink, help_text="Of names and titles: #08363b")
    accent = models.CharField(
        "second colour", max_length=7, default=PLAIN.accent, help_text="Of lines and dots: #653a6b"
    )
    logo = models.ForeignKey(Logo, null=True, blank=True, on_delete=models.PROTECT, editable=False)
    logo_says = models.CharField("logo in words", max_length=120, blank=True, help_text="Read out in place of the logo")
    signatories = models.JSONField(default=list, blank=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.CharField(max_length=80, editable=False)

    drawn_logo = b""  # of one that is being made

    preview_modes: ClassVar = Shape.choices
    preview_sizes: ClassVar = [
        {"name": "sheet", "icon": "desktop", "device_width": 1160, "label": "The whole sheet"},
        {"name": "card", "icon": "mobile-alt", "device_width": 375, "label": "Close, or a card"},
    ]

    class Meta:
        ordering = ["partnership__title", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="design_number_once_a_partnership")
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, version {self.number}"

    @property
    def look(self) -> Look:
        """What it puts onto the page."""
        logo = as_address(bytes(self.logo.content)) if self.logo else ""
        signatories = tuple(Signatory(each["name"], each["role"]) for each in self.signatories)
        logo = as_address(self.drawn_logo) if self.drawn_logo else logo
        return Look(self.ink, self.accent, logo, self.logo_says, signatories, Shape(self.shape))

    def get_signatories_display(self) -> str:
        """Who signs, in words."""
        return "; ".join(f"{each['name']}, {each['role']}" for each in self.signatories) or "Nobody"

    @property
    def default_preview_mode(self) -> str:
        """What the preview shows first."""
        return self.shape

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A certificate of nobody as it would look, for the editor's preview."""
        from certificates.specimen import specimen

        return HttpResponse(specimen(self.look, Shape(mode_name or self.shape), partnership=self.partnership))
