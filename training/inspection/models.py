"""A partnership's freedom-of-information pack."""

from django.db import models

from training.people.models import Partnership, WorkedOn


class Wish(models.TextChoices):
    """What the worker is asked to do."""

    MAKE = "make", "Count it, and make its files"


class FoiPack(WorkedOn):
    """What a partnership answers with when it is asked for its figures: one at a time, for a month, and then dropped.

    `told` says what is in it, as `foi.Told` written out; `content` is the ZIP. It holds what the suppressor lets the
    public see and no hidden count.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="foi_pack")
    asked_at = models.DateTimeField(help_text="Its figures are as known at this moment")
    asked_by = models.CharField(max_length=80)
    work = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    progress = models.CharField(max_length=100, blank=True)
    told = models.TextField(blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=True) | models.Q(content__isnull=False),
                name="foi_pack_that_is_made_has_its_files",
            )
        ]

    def __str__(self) -> str:
        return f"freedom-of-information pack of {self.partnership_id}"
