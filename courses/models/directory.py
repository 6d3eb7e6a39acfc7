"""Local services as lessons show them: what each partnership has had checked, and when."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm

from courses.content.told import KINDS_OF_SERVICE
from training.people.models import Partnership

# A wrong number is worse than none.
STALE_AFTER = timedelta(days=183)
WARNED_BEFORE = timedelta(days=30)


class LocalServiceQuerySet(models.QuerySet["LocalService"]):
    """Services."""

    def fresh(self, on: date) -> Self:
        """Those that two people stand for and whose check still holds on this day."""
        return self.filter(said_by="", checked_on__gte=on - STALE_AFTER, checked_on__lte=on)

    def to_check(self, on: date) -> Self:
        """Those that are hidden, or will be within thirty days."""
        return self.exclude(said_by="", checked_on__gte=on - STALE_AFTER + WARNED_BEFORE, checked_on__lte=on)


class LocalServiceForm(WagtailAdminModelForm):
    """A number that somebody in danger may ring takes two people, as publishing does: one writes, another saves too."""

    def save(self, commit: bool = True) -> Any:
        """Other words wait for a second person; a later check of the same words does not."""
        service, me = self.instance, str(self.for_user.uid)
        if service.pk is None or set(self.changed_data) - {"checked_on"}:
            service.said_by = me
        elif service.said_by != me:
            service.said_by = ""
        return super().save(commit)


class LocalService(models.Model):
    """Somewhere to turn to in one partnership. Shown once two people stand for it, for half a year after its check."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="local_services")
    kind = models.CharField(max_length=20, choices=list(KINDS_OF_SERVICE.items()))
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, help_text="Whom it is for, and what it does")
    phone = models.CharField(
        max_length=30, blank=True, validators=[RegexValidator(r"^[0-9 ]+$", "Write figures and spaces alone.")]
    )
    opening = models.CharField("when it answers", max_length=120, blank=True)
    website = models.URLField(blank=True, validators=[URLValidator(schemes=["https"])])
    checked_on = models.DateField(
        "last checked", help_text="The day on which somebody rang or looked, and found all of this to be right"
    )

    said_by = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Whose word alone it is as yet: a login's uid"
    )

    base_form_class = LocalServiceForm
    objects = LocalServiceQuerySet.as_manager()

    class Meta:
        ordering = ["partnership__title", "kind", "name"]
        verbose_name = "local service"

    def __str__(self) -> str:
        return self.name

    @property
    def shown_until(self) -> date:
        """The last day on which learners see it, unless it is checked again."""
        return self.checked_on + STALE_AFTER

    def standing(self, on: date) -> str:
        """What its author is told."""
        if self.said_by:
            return "Hidden: somebody else has to check and save it too"
        if self.checked_on > on:
            return "Hidden: its check lies ahead"
        if on > self.shown_until:
            return "Hidden: check it again"
        if on > self.shown_until - WARNED_BEFORE:
            return "Check it soon"
        return "Shown"
