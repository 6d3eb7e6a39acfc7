"""A partnership's freedom-of-information pack, and the samples that auditors draw."""

import uuid

from django.db import models

from training.people.models import Partnership, Post, WorkedOn
from training.people.models.posts import PeopleQuerySet


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


class Sample(models.Model):
    """Rows of a partnership's rosters that an auditor traces: as at a day, as known when it was drawn, by a seed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveIntegerField(help_text="Which of the partnership's: '3' in the reference 3-07")
    seed = models.CharField(max_length=40)
    as_at = models.DateField()
    drawn_at = models.DateTimeField(help_text="Everything is traced as known at this moment")
    drawn_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-drawn_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="sample_number_once_a_partnership")
        ]

    def __str__(self) -> str:
        return f"sample {self.number}"


class SampledPostQuerySet(PeopleQuerySet):
    """Rows of samples."""

    to_employment = "post__employment"


class SampledPost(models.Model):
    """One row of a sample. Auditors know it by its number, and the agency's HR knows whose it is."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sampled")

    objects = SampledPostQuerySet.as_manager()

    class Meta:
        ordering = ["sample", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="number_once_a_sample"),
            models.UniqueConstraint(fields=["sample", "post"], name="post_once_a_sample"),
        ]

    def __str__(self) -> str:
        return f"{self.sample.number}-{self.number:02}"
