"""How often codes are checked from one place."""

from django.db import models


class LookCount(models.Model):
    """Looks from one place in a minute, or tries of one login in an hour, until a little after.

    The place is a keyed hash with the minute, or the hour's last one, in it.
    """

    place = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    looks = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.looks} looks in minute {self.minute}"
