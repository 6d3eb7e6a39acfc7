"""Roster files that were read, row by row, and what became of them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet

from .agencies import Agency
from .posts import Person, RoleGroup
from .work import WorkedOn


class ImportState(models.TextChoices):
    """How far a roster file has come."""

    READING = "reading", "Being read"
    ASKING = "asking", "Waiting for your answers"
    STAGED = "staged", "Waiting to be applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    REFUSED = "refused", "Refused"
    DISCARDED = "discarded", "Discarded"


class RowKind(models.TextChoices):
    """What a row of the file means for the roster."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    LEFT = "left", "Left"
    UNCHANGED = "unchanged", "Unchanged"
    REFUSED = "refused", "Refused"


CHANGING = (RowKind.NEW, RowKind.CHANGED, RowKind.LEFT)


class RosterImport(WorkedOn):
    """One roster file of one agency: staged, then applied, perhaps undone. Its hash is kept, the file is not."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="roster_imports")
    sha256 = models.CharField(max_length=64)
    is_full = models.BooleanField(default=False)
    as_at = models.DateField(help_text="The day from which changes hold")
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.STAGED)
    counts = models.JSONField(default=dict, help_text="Rows by kind")
    reasons = models.JSONField(default=list, help_text="Why the whole file was refused")
    alarm = models.CharField(max_length=300, blank=True, help_text="Why so much change must be confirmed")
    needs_approval = models.BooleanField(default=False, help_text="Whether a second person must confirm it")
    is_weighty = models.BooleanField(
        default=False, db_default=False, help_text="Whether they must because so much moves, not for a role alone"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="Of all that applying it would do")
    titles = models.JSONField(default=list, help_text="Job titles without a role group, with their rows")
    columns = models.JSONField(default=list, help_text="Fields that were read, each with the file's name of it")
    blanked = models.PositiveIntegerField(default=0, help_text="Cells that looked like National Insurance numbers")
    leavers_are_right = models.BooleanField(
        default=False, db_default=False, help_text="Whether the program that sent it says that its leavers are right"
    )
    dropped_columns = models.JSONField(default=list, help_text="Columns that must not be held here")
    ignored_columns = models.JSONField(default=list, help_text="Columns without a meaning here")
    spare_columns = models.JSONField(default=list, help_text="Columns not used: header, field, the header used instead")
    unrestored = models.JSONField(default=list, help_text="What undoing could not bring back, and why")
    staged_at = models.DateTimeField()
    staged_by = models.CharField(max_length=80)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=80, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True, help_text="When the first of two people pressed undo")
    undo_asked_by = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.APPLIED, ImportState.UNDONE]) | Q(applied_at__isnull=False),
                name="applied_import_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.UNDONE) | Q(undone_at__isnull=False), name="undone_import_says_when"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(approved_by=F("staged_by")),
                name="import_is_not_approved_by_its_uploader",
            ),
        ]

    def __str__(self) -> str:
        return f"roster import {self.uid}"

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to apply, or anything was applied."""
        return any(self.counts.get(kind) for kind in CHANGING)

    @property
    def source(self) -> str:
        """How terms and duties name the import that put them there."""
        return f"roster:{self.uid}"


class RosterSheetQuerySet(ScopedQuerySet):
    """Rows of files as they were read."""

    def of(self, roster_import: RosterImport) -> Self:
        """What was read of one file."""
        return self._scoped("of").filter(roster_import=roster_import)


class RosterSheet(models.Model):
    """The rows of a file as they were read, without the columns that must not be held, until it is applied.

    `head` and `packed` as in `training.people.roster.read.Sheet`.
    """

    roster_import = models.OneToOneField(RosterImport, on_delete=models.CASCADE, related_name="sheet")
    head = models.JSONField(default=dict)
    packed = models.BinaryField()

    objects = RosterSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sheet of {self.roster_import_id}"


class RosterRowQuerySet(ScopedQuerySet):
    """Rows of roster files."""

    def visible_to(self, access: Access, permission: Permission = Permission.MANAGE_ROSTER) -> Self:
        """The rows of the agencies whose roster one looks after."""
        agencies = access.agencies(permission)
        return self._scoped("visible_to").filter(roster_import__agency_id__in=agencies)

    def within(self, agency: Agency) -> Self:
        """The rows of one agency."""
        return self._scoped("within").filter(roster_import__agency=agency)

    def worst_first(self) -> Self:
        """Refused rows, then leavers, changes and new posts; what stays as it is comes last."""
        order = (RowKind.REFUSED, RowKind.LEFT, RowKind.CHANGED, RowKind.NEW)
        places = [models.When(kind=kind, then=models.Value(place)) for place, kind in enumerate(order)]
        return self.order_by(models.Case(*places, default=models.Value(len(order))), "id")

    def of(self, roster_import: RosterImport) -> Self:
        """The rows of one file."""
        return self._scoped("of").filter(roster_import=roster_import)


class RosterRow(models.Model):
    """One row of a file as it was understood, or a post that a full file leaves out, and what it changes.

    `values` by field, dates in ISO form and references as text; `changes` by field as [from, to];
    `replaces` the ids of the terms and duties whose place new ones take: {"terms": [...], "duties": [...]}.
    """

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField(null=True, help_text="In the file; none for a post that the file leaves out")
    kind = models.CharField(max_length=20, choices=RowKind.choices)
    employee_ref = models.CharField(max_length=60, blank=True)
    assignment_ref = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    replaces = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="roster_rows")

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["roster_import", "kind"], name="roster_row_by_kind")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.roster_import_id}"


class JobTitleMapping(models.Model):
    """What an agency's HR said a job title means, remembered for the next file."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="job_titles")
    post_title = models.CharField(max_length=200)
    role_group = models.ForeignKey(RoleGroup, on_delete=models.PROTECT, related_name="job_titles")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["post_title"]
        constraints = [
            models.UniqueConstraint("agency", Lower("post_title"), name="job_title_once_an_agency_whatever_its_case")
        ]

    def __str__(self) -> str:
        return f"{self.post_title}: {self.role_group}"


class ColumnMeaning(models.Model):
    """What an agency's HR said a column of its files is, remembered for the next file with such a column."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="columns")
    header = models.CharField(max_length=60, help_text="In small letters, its words apart by one blank")
    field = models.CharField(max_length=20, blank=True, help_text="Empty: it has no meaning here")
    order = models.CharField(max_length=5, blank=True, help_text="Of days: 'day' or 'month' comes first")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["header"]
        constraints = [models.UniqueConstraint(fields=["agency", "header"], name="column_means_one_thing_an_agency")]

    def __str__(self) -> str:
        return f"{self.header}: {self.field or 'nothing'}"
