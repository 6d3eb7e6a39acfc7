"""The directory as it is searched: a read table."""

from django.db import models

from .champions import Champion, OfChampionQuerySet


class EntryQuerySet(OfChampionQuerySet):
    """What the directory searches."""


class Entry(models.Model):
    """A listed champion as the directory searches them, by what each audience is shown (champions/words.py).

    A read table: written from listing and roster, dropped and rebuilt at will. Nobody is shown for being here: whoever
    is found is looked up once more as they are at that moment.
    """

    champion = models.OneToOneField(Champion, on_delete=models.CASCADE, related_name="entry")
    for_everybody = models.TextField()
    for_champions = models.TextField()
    is_open = models.BooleanField(help_text="Whether they were in training or active when this was written")
    is_training = models.BooleanField(default=False, help_text="Whether they were still in training then")
    rests_until = models.DateField(null=True, blank=True)
    checked_at = models.DateTimeField(db_index=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"entry {self.pk}"
