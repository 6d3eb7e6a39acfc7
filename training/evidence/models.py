"""Training done elsewhere: files of completions, evidence that waits for a decision, and proposals for the register."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.ledger.models import Entry
from training.pathways.models import Equivalence, Module
from training.people.models import Agency, Person, WorkedOn


class Mode(models.TextChoices):
    """Which rows of a file are recorded."""

    HISTORY = "history", "All of it, as history"
    OPEN = "open", "Only what is asked for and not in date"
    NEWER = "newer", "Only what is newer than what stands here"


class ImportState(models.TextChoices):
    """How far a completion file has come."""

    READING = "reading", "Being read"
    REFUSED = "refused", "Refused"
    STAGED = "staged", "Waiting to be applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"


class RowKind(models.TextChoices):
    """What a row of the file means for the ledger."""

    NEW = "new", "New"
    UNCHANGED = "unchanged", "Unchanged"
    SKIPPED = "skipped", "Skipped"
    WAITING = "waiting", "Waiting"
    REFUSED = "refused", "Refused"


class CompletionImport(WorkedOn):
    """One file of completions of one agency: staged, then applied, perhaps undone. Its hash is kept, not the file."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="completion_imports")
    sha256 = models.CharField(max_length=64)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.HISTORY)
    as_at = models.DateField(help_text="The day on which the file was read: nothing in it may be later")
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.STAGED)
    counts = models.JSONField(default=dict, help_text="Rows by kind")
    dropped_columns = models.JSONField(default=list, help_text="Columns that must not be held here")
    ignored_columns = models.JSONField(default=list, help_text="Columns without a meaning here")
    packed = models.BinaryField(null=True, help_text="Of a large file: its rows, until the worker has looked")
    unrestored = models.JSONField(default=list, help_text="What undoing could not take back, and why")
    staged_at = models.DateTimeField()
    staged_by = models.CharField(max_length=80)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.APPLIED, ImportState.UNDONE]) | Q(applied_at__isnull=False),
                name="applied_completion_import_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"completion import {self.uid}"

    @property
    def source(self) -> str:
        """How ledger entries name the file that brought them."""
        return f"file:{self.uid}"


class CompletionRowQuerySet(ScopedQuerySet):
    """Rows of completion files."""

    def visible_to(self, access: Access, permission: Permission = Permission.RECORD_COMPLETIONS) -> Self:
        """The rows of the agencies whose completions one records."""
        return self._scoped("visible_to").filter(completion_import__agency_id__in=access.agencies(permission))

    def within(self, agency: Agency) -> Self:
        """The rows of one agency."""
        return self._scoped("within").filter(completion_import__agency=agency)

    def of(self, completion_import: CompletionImport) -> Self:
        """The rows of one file."""
        return self._scoped("of").filter(completion_import=completion_import)

    def worst_first(self) -> Self:
        """Refused rows, then those that wait, are new, are left out; what stands there already comes last."""
        order = (RowKind.REFUSED, RowKind.WAITING, RowKind.NEW, RowKind.SKIPPED)
        places = [models.When(kind=kind, then=models.Value(place)) for place, kind in enumerate(order)]
        return self.order_by(models.Case(*places, default=models.Value(len(order))), "id")


class CompletionRow(models.Model):
    """One row of a file as it was understood, and what it means. `values` by field, days in ISO form."""

    completion_import = models.ForeignKey(
        CompletionImport, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField(help_text="In the file")
    kind = models.CharField(max_length=20, choices=RowKind.choices)
    employee_ref = models.CharField(max_length=60, blank=True)
    module_code = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    key = models.CharField(max_length=80, blank=True, help_text="Of the ledger entry or the evidence that it makes")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="completion_rows")

    objects = CompletionRowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["completion_import", "kind"], name="completion_row_by_kind")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.completion_import_id}"


class EvidenceQuerySet(ScopedQuerySet):
    """Evidence of training done elsewhere."""

    def visible_to(self, access: Access, permission: Permission = Permission.RECORD_COMPLETIONS) -> Self:
        """One's own, and what waits for a decision of the agencies for which one decides."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        own = Q(person_id__in=access.own_record)
        return self._scoped("visible_to").filter(own | Q(agency_id__in=access.agencies(permission)))

    def within(self, agency: Agency) -> Self:
        """That for which one agency decides."""
        return self._scoped("within").filter(agency=agency)

    def of(self, person: Person) -> Self:
        """That given under one record of a person, and under no other of theirs."""
        return self._scoped("of").filter(person=person)

    def of_others(self, access: Access) -> Self:
        """Without one's own: nobody decides about themselves. Rows of nobody we know stay."""
        return self.exclude(person_id__in=access.records)

    def waiting(self) -> Self:
        """Not decided yet: waiting for HR, or for an answer of the learner."""
        return self.filter(state__in=Evidence.OPEN)

    def held(self) -> Self:
        """Locked until the transaction is over, in the one order in which everybody locks evidence."""
        return self.select_for_update(no_key=True, of=("self",)).order_by("pk")


class Evidence(models.Model):
    """Training done elsewhere that somebody says was done, with what shows it, until it is decided and after.

    A learner gives it, or a file does where nothing here is known for its row. `title_key` and `provider_key` are how
    the register finds it; `key` keeps the same thing from waiting twice.
    """

    class State(models.TextChoices):
        """Where the decision stands."""

        WAITING = "waiting", "Waiting for HR"
        ASKED = "asked", "HR has asked for more"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Origin(models.TextChoices):
        """Who gave it."""

        LEARNER = "learner", "The learner"
        FILE = "file", "A completion file"
        PASSPORT = "passport", "The learner's passport"

    OPEN = (State.WAITING, State.ASKED)
    GIVEN = (Origin.LEARNER, Origin.PASSPORT)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evidence")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    employee_ref = models.CharField(max_length=60, blank=True, help_text="As the file has it")
    external_title = models.CharField(max_length=200)
    provider = models.CharField(max_length=160, blank=True)
    title_key = models.CharField(max_length=200, db_index=True)
    provider_key = models.CharField(max_length=200, blank=True)
    completed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    completion_import = models.ForeignKey(
        CompletionImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    key = models.CharField(max_length=64)
    why = models.CharField(max_length=200, blank=True, help_text="Why a row of a file waits")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    said = models.CharField(max_length=300, blank=True, help_text="What HR told the learner")
    module = models.ForeignKey(Module, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    entry = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="from_evidence")
    rests_on = models.ForeignKey(
        Entry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accepted_as",
        help_text="Of a passport: the entry of this site whose certificate was shown",
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    asked_outside_at = models.DateTimeField(
        null=True, blank=True, help_text="When one who is alone in HR asked the partnership's coordinator to decide"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["agency", "state"], name="evidence_by_agency_and_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(state="withdrawn"), name="one_evidence_of_a_thing_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(module__isnull=False, person__isnull=False),
                name="accepted_evidence_says_of_whom_and_as_what",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.uid}"


class EvidenceFileQuerySet(ScopedQuerySet):
    """Files that show outside training."""

    def visible_to(self, access: Access, permission: Permission = Permission.RECORD_COMPLETIONS) -> Self:
        """One's own, and those of the agencies for which one decides, while there is something to decide."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        own = Q(evidence__person_id__in=access.own_record)
        return self._scoped("visible_to").filter(own | Q(evidence__agency_id__in=access.agencies(permission)))


class EvidenceFile(models.Model):
    """One file a learner handed in. Its bytes lie outside the web root under `uid`; its own name is never kept."""

    class Kind(models.TextChoices):
        """What it is, by its content."""

        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPEG picture"
        PNG = "png", "PNG picture"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["evidence", "sha256"], name="a_file_once_an_evidence")]

    def __str__(self) -> str:
        return f"file {self.uid}"


class SetAside(models.Model):
    """A title that an agency's files bring and that has nothing to do with the pathway: fire safety, say."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="titles_set_aside")
    external_title = models.CharField(max_length=200)
    provider = models.CharField(max_length=160, blank=True)
    title_key = models.CharField(max_length=200)
    provider_key = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["external_title", "provider"]
        verbose_name_plural = "titles set aside"
        constraints = [
            models.UniqueConstraint(fields=["agency", "title_key", "provider_key"], name="a_title_is_set_aside_once")
        ]

    def __str__(self) -> str:
        return self.external_title


class RegisterProposal(models.Model):
    """What an agency's HR asks the partnership to put into the register of equivalences."""

    class State(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", "Waiting for the partnership"
        ACCEPTED = "accepted", "In the register"
        DECLINED = "declined", "Declined"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="equivalence_proposals")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="equivalence_proposals")
    external_title = models.CharField(max_length=200)
    provider = models.CharField(max_length=160, blank=True)
    evidence = models.TextField(blank=True)
    maximum_age_months = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    said = models.CharField(max_length=300, blank=True, help_text="What the partnership told HR")
    equivalence = models.ForeignKey(
        Equivalence, null=True, blank=True, on_delete=models.PROTECT, related_name="register_proposals"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted", equivalence__isnull=False)
                | (~Q(state="accepted") & Q(equivalence__isnull=True)),
                name="accepted_proposal_names_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("recorded_at")),
                name="proposal_decided_after_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.uid}"
