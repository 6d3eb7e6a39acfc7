"""Files that wait for the background worker."""

from django.db import models

from training.access.actor import Actor


class Work(models.TextChoices):
    """What the background worker is to do with a large file."""

    READ = "read", "Being read"
    APPLY = "apply", "Being applied"
    UNDO = "undo", "Being undone"
    SEND = "send", "Being read and applied"


class WorkedOn(models.Model):
    """A file that may be handed to the background worker. What is wished stands on it until it is done."""

    work = models.CharField(max_length=10, choices=Work.choices, blank=True)
    work_by = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the worker has begun")
    problem = models.CharField(max_length=300, blank=True, help_text="Why the worker could not do it")

    class Meta:
        abstract = True

    def wish(self, work: str, *, by: Actor) -> None:
        """Leave a piece of work to the worker."""
        self.work, self.work_by, self.tries, self.problem = work, str(by), 0, ""
        self.save(update_fields=["work", "work_by", "tries", "problem"])
