"""What HR saves of its lists: filters to come back to."""

import uuid
from typing import Self

from django.db import models

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, User


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
