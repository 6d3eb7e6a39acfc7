"""What a forecast of places is reckoned from, as counted with a build of coverage: dropped and rebuilt at any time."""

from django.db import models
from django.db.models import Q

from training.people.models import Agency

from .coverage import CoverageBuild


class PlacesCount(models.Model):
    """Places counted of a whole partnership, or of one agency for itself; exact.

    `counts` are the fields of `training.strategy.forecast.Inputs`; `hidden` names what the board may not see, each as
    [module, what]. Agencies' own rows stand with the last build alone.
    """

    build = models.ForeignKey(CoverageBuild, on_delete=models.CASCADE, related_name="places")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    counts = models.JSONField()
    hidden = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "agency"], name="one_places_count_of_an_agency"),
            models.UniqueConstraint(
                fields=["build"], condition=Q(agency__isnull=True), name="one_places_count_of_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return f"places of {self.agency or self.build.partnership}"
