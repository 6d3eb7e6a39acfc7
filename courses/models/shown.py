"""Which files the editions of a course have shown: they stay, and who may open the course may open them."""

from django.db import models
from django.db.models import Q
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

from .pages import CoursePage


class ShownFile(models.Model):
    """A picture or other file that an edition of the course shows. It cannot be deleted: old editions stay readable."""

    course = models.ForeignKey(CoursePage, on_delete=models.CASCADE, related_name="shown_files")
    image = models.ForeignKey(get_image_model_string(), on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(get_document_model_string(), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "image"], name="image_shown_once_a_course"),
            models.UniqueConstraint(fields=["course", "document"], name="document_shown_once_a_course"),
            models.CheckConstraint(
                condition=Q(image__isnull=True) ^ Q(document__isnull=True), name="shown_is_one_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image or self.document} in {self.course}"
