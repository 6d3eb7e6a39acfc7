"""The ledger: completions and what became of them, append-only and chained. And the read table made from it."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.prepared import Given
from training.access.scoping import ScopedQuerySet
from training.pathways.models import Module
from training.people.identity.selectors import whose_training
from training.people.models import Agency, Partnership, Person, Post, Term
from training.people.models.posts import PeopleQuerySet


class Method(models.TextChoices):
    """How a module was completed."""

    ONLINE = "online", "Online course"
    EVENT = "event", "Session"
    IMPORT = "import", "Agency's records"
    EVIDENCE = "evidence", "Evidence seen"
    EQUIVALENCE = "equivalence", "Outside course accepted"
    OBSERVED = "observed", "Observed practice"
    DECLARED = "declared", "Declared by the agency"
    LAUNCH = "launch", "Outside course, self-reported"


def _concerning(agencies: Collection[int], on: date) -> Q:
    """Recorded at one of these agencies, or of somebody with a post there that has not ended, wherever they learnt.

    What people who left do elsewhere is no business of their former agency, whatever its roster says of them.
    """
    posts = Term.objects.everywhere(reason="subquery, narrowed by agency").known_now().not_ended_on(on)
    staff = posts.filter(post__employment__agency_id__in=agencies)
    theirs = Q(person_id__in=staff.values("post__employment__person_id"))
    if agencies and (heard := whose_training()):
        joined = staff.filter(post__employment__person__in=list(heard))
        here = joined.order_by().values_list("post__employment__person_id", flat=True)
        theirs |= Q(person_id__in=set().union(*(heard[record] for record in here)))
    return Q(agency_id__in=agencies) | theirs


class EntryQuerySet(ScopedQuerySet):
    """Ledger entries of every kind."""

    def visible_to(self, access: Access, permission: Permission = Permission.SEE_STAFF, *, on: date) -> Self:
        """One's own, and those that concern the agencies over which one holds the permission on this day."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        theirs = _concerning(access.agencies(permission), on)
        return self._scoped("visible_to").filter(Q(person_id__in=access.records) | theirs)

    def within(self, agency: Agency, *, on: date) -> Self:
        """Those that concern one agency on this day."""
        return self._scoped("within").filter(_concerning([agency.pk], on))

    def of(self, person: Person) -> Self:
        """Those of one person, under whichever of their records they were written."""
        return self._scoped("of").filter(person.all_of())

    def recorded_by(self, moment: datetime) -> Self:
        """Entries that stood in the ledger at this moment."""
        return self.filter(recorded_at__lte=moment)


class Entry(models.Model):
    """A row of the ledger: a completion, a void or a revocation. Never updated, never deleted.

    Agency, role group and module are kept as they were then, titles as they were then. `hash` covers every column
    through `previous_hash` (training/ledger/chain.py).
    """

    class Kind(models.TextChoices):
        """What an entry says."""

        COMPLETION = "completion", "Completion"
        VOID = "void", "Void: it never happened"
        REVOCATION = "revocation", "Revocation: it stops counting"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="entries")
    module_code = models.CharField(max_length=20)
    module_title = models.CharField(max_length=200)
    edition = models.CharField(max_length=40, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    method = models.CharField(max_length=12, choices=Method.choices, blank=True)
    source = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text="How long it took, for rules that ask for hours"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    agency_title = models.CharField(max_length=160, blank=True)
    role_group_code = models.CharField(max_length=40, blank=True)
    role_group_title = models.CharField(max_length=160, blank=True)
    target = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="sequels")
    effective_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["partnership_id", "number"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(
                # All that columns of completions need, so that the rows themselves are not read.
                fields=["person", "module", "completed_on"],
                include=["partnership", "recorded_at"],
                condition=Q(kind="completion"),
                name="completion_in_columns",
            ),
            models.Index(fields=["source"], condition=Q(method="equivalence"), name="entry_from_the_register"),
            models.Index(fields=["recorded_at"], name="entry_by_recorded_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="entry_number_once_a_chain"),
            models.UniqueConstraint(fields=["target"], condition=Q(kind="void"), name="a_completion_is_voided_once"),
            models.CheckConstraint(
                condition=(Q(kind="completion", completed_on__isnull=False, target__isnull=True) & ~Q(method=""))
                | Q(kind="void", target__isnull=False) & ~Q(reason="")
                | Q(kind="revocation", target__isnull=False, effective_on__isnull=False) & ~Q(reason=""),
                name="entry_says_what_its_kind_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"


class CompletionQuerySet(EntryQuerySet):
    """Completions that stand."""

    def known_at(self, moment: datetime) -> Self:
        """Completions that stood at this moment: recorded by then and not voided by then."""
        voids = Entry.objects.everywhere(reason="subquery").filter(
            target=OuterRef("pk"), kind=Entry.Kind.VOID, recorded_at__lte=moment
        )
        return self.filter(~Exists(voids), recorded_at__lte=moment)

    def standing(self) -> Self:
        """Completions that nothing has voided."""
        voids = Entry.objects.everywhere(reason="subquery").filter(target=OuterRef("pk"), kind=Entry.Kind.VOID)
        return self.filter(~Exists(voids))


class CompletionManager(models.Manager.from_queryset(CompletionQuerySet)):  # type: ignore[misc]
    """Only entries of the kind 'completion'."""

    def get_queryset(self) -> CompletionQuerySet:
        """Completions, voided ones among them until `standing` or `known_at` is said."""
        return super().get_queryset().filter(kind=Entry.Kind.COMPLETION)


class Completion(Entry):
    """A fact: who completed which module, when, how, on what evidence, where they worked then."""

    objects = CompletionManager()  # type: ignore[misc]

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"completion {self.number}"


class ChainHead(models.Model):
    """Where a partnership's chain ends: the next entry takes the next number and this hash."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="chain_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"chain of {self.partnership} at {self.number}"


class Announcement(models.Model):
    """A completion whose news has still to be told to other rooms: written with the entry, gone once told."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="announcement")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"news of entry {self.entry_id}"


class DoubtQuerySet(ScopedQuerySet):
    """Completions that somebody in HR has said to be wrong."""

    def visible_to(self, access: Access, permission: Permission = Permission.RECORD_COMPLETIONS) -> Self:
        """Those of the agencies over which one holds the permission; nobody sees those about themselves."""
        rows = self._scoped("visible_to").filter(entry__agency__in=access.agencies(permission))
        return rows.exclude(entry__person__in=access.records)

    def within(self, agency: Agency) -> Self:
        """Those of completions that one agency recorded."""
        return self._scoped("within").filter(entry__agency=agency)


class Doubt(models.Model):
    """One of HR says that what this site saw itself is wrong. It stands until a colleague says so too, or not."""

    class Wrong(models.TextChoices):
        """What is wrong with it. No words of one's own: the ledger cannot forget them."""

        PERSON = "person", "It is somebody else's"
        DAY = "day", "The day is wrong"
        MODULE = "module", "It is about another module"
        TWICE = "twice", "It is recorded twice"
        NOT_DONE = "not_done", "It was not done"
        STOPS = "stops", "It was right, and stops counting today"

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="doubt")
    wrong = models.CharField(max_length=10, choices=Wrong.choices)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80)

    objects = DoubtQuerySet.as_manager()

    def __str__(self) -> str:
        return f"doubt about entry {self.entry_id}"


class StandingStepQuerySet(PeopleQuerySet):
    """The read table of standings."""

    to_employment = "post__employment"

    def current_on(self, on: date | Given) -> Self:
        """What each post and module stood at on this day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


class StandingStep(models.Model):
    """What a post's standing for a module is from a day until a day, by the facts known when it was worked out.

    For speed alone: dropped and rebuilt from facts at any time (training/ledger/rebuild.py). Because a standing is a
    step function of the day, no nightly job is needed to turn 'in date' into 'due soon'.
    """

    # Checking twenty million foreign keys takes longer than writing the rows. What points at nothing is swept out.
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="standing_steps", db_constraint=False, db_index=False
    )
    module = models.ForeignKey(
        Module, on_delete=models.CASCADE, related_name="standing_steps", db_constraint=False, db_index=False
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20)
    is_valid = models.BooleanField()
    is_required = models.BooleanField(default=True)
    due_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    window_opens_on = models.DateField(null=True, blank=True)
    began_on = models.DateField()
    reasons = models.JSONField(default=list, help_text="Ids of the requirements that ask for it")
    worked_out_at = models.DateTimeField()

    objects = StandingStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "module", "from_on"], name="one_standing_of_a_post_from_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.state} of post {self.post_id} from {self.from_on}"


class StandingCount(models.Model):
    """An agency's standings of one day, counted: what its matrix is drawn from. For speed alone, as the read table is.

    `changes` goes up with every writing of the agency's part of the read table, in the same transaction. `cells` hold
    as long as nothing has changed since they were counted: while `counted` equals it. By team, role group, workplace
    and locality they name the groups, the modules and the ways to stand, and number each combination of the three.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="standing_count")
    changes = models.PositiveBigIntegerField(default=0)
    counted = models.PositiveBigIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    cells = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"standings of {self.agency} on {self.on}"
