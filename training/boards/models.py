"""A board's pack: drafted while it is worked on, frozen for good, restated beside, drawn by the worker."""

import uuid

from django.db import models
from django.db.models import F, Q

from training.people.models import Partnership, User, WorkedOn
from training.strategy.models import Strategy


class State(models.TextChoices):
    """How far a pack has come."""

    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    FROZEN = "frozen", "Frozen"


class Wish(models.TextChoices):
    """What the worker is asked to do to a pack."""

    COUNT = "count", "Count its figures"
    FREEZE = "freeze", "Freeze"
    RESTATE = "restate", "Count again what is frozen"


class BoardPack(WorkedOn):
    """What a partnership's board is given for one meeting: figures as at the end of a month, explained.

    Until it is frozen `figures` are those last counted, as `contents.Figures` written out, or '' before the first
    count; then everything stands in its snapshot, and nothing here is read for it but whether it is published.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="board_packs")
    strategy = models.ForeignKey(Strategy, null=True, blank=True, on_delete=models.PROTECT, related_name="board_packs")
    meeting_on = models.DateField()
    as_at = models.DateField(help_text="The end of a month: neighbouring days can differ by one person")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    figures = models.TextField(blank=True)
    decisions = models.JSONField(default=list, blank=True)
    work = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-meeting_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "meeting_on"], name="one_board_pack_of_a_meeting"),
            models.CheckConstraint(condition=Q(meeting_on__gte=F("as_at")), name="board_pack_is_for_a_later_meeting"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state=State.FROZEN), name="only_a_frozen_pack_is_published"
            ),
        ]

    def __str__(self) -> str:
        return f"board pack of {self.partnership_id} for {self.meeting_on}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be worked on: neither frozen nor about to be."""
        return self.state != State.FROZEN and self.work != Wish.FREEZE


class Narrative(models.Model):
    """A box for words in a pack: who is to write it by when, and what it says.

    `about` is the ref of a priority or an outcome, or one of SUMMARY and PUBLIC. `turn` counts how often it was
    written, so that of two who write at once the second is told.
    """

    SUMMARY, PUBLIC = "summary", "public"

    pack = models.ForeignKey(BoardPack, on_delete=models.CASCADE, related_name="narratives")
    about = models.CharField(max_length=20)
    title = models.CharField(max_length=230)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="narratives")
    due_on = models.DateField()
    text = models.TextField(blank=True)
    role = models.CharField(max_length=80, blank=True, help_text="The role of who wrote it: names are not frozen")
    turn = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pack", "about"], name="one_narrative_about_a_thing")]

    def __str__(self) -> str:
        return f"{self.about} of {self.pack_id}"


class CountedDay(models.Model):
    """What was counted of a partnership and a day, once for all its packs, so that no two can be told apart.

    It is counted anew until the board is `shown` a pack as at that day; from then on it stands, even where that pack
    is thrown away. `report` holds what `kept_report.py` writes, exact as in a build; `declared` is a
    `contents.DeclaredPart`.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="counted_days")
    as_at = models.DateField()
    counted_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    report = models.TextField()
    declared = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "as_at"], name="one_count_of_a_day")]

    def __str__(self) -> str:
        return f"what was counted of {self.partnership_id} as at {self.as_at}"


class Snapshot(models.Model):
    """Everything that a pack held when it was frozen, as one canonical JSON. Never changed: the database refuses it.

    It holds what the suppressor let the board see and no hidden count.
    """

    pack = models.OneToOneField(BoardPack, on_delete=models.PROTECT, related_name="snapshot")
    content = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.pack_id} frozen {self.frozen_at}"


class Restatement(models.Model):
    """How the figures of a frozen pack come out as known at a later moment, and why. Never changed either."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="restatements")
    content = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    known_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["known_at", "pk"]

    def __str__(self) -> str:
        return f"{self.snapshot_id} as known at {self.known_at}"


class DrawnPaper(models.Model):
    """The PDF of a snapshot or a restatement, by its digest: waiting, being drawn, or drawn.

    `pages`: how many are laid out so far, at last how many it has. For speed alone: it can be dropped and drawn again,
    with the same bytes.
    """

    of = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"paper of {self.of[:8]}"
