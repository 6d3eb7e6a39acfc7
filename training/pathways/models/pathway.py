"""The pathway, its modules, and the dated rules that say who must do which."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.kinds import AgencyKind
from training.people.models import Agency, Designation, Partnership, Post, RoleGroup
from training.people.models.posts import PeopleQuerySet


class Pathway(models.Model):
    """A partnership's training pathway: its modules and rules. What agencies sign up to is a version of it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="pathways")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="pathway_code_once_a_partnership")]

    def __str__(self) -> str:
        return self.title


class Tier(models.Model):
    """Aware, Ask & Respond, Assess & Plan, ...: a step of the pathway."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="tiers")
    code = models.CharField(max_length=4)
    title = models.CharField(max_length=80)
    sentence = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["pathway", "code"], name="tier_code_once_a_pathway")]

    def __str__(self) -> str:
        return self.title


class Module(models.Model):  # type: ignore[django-manager-missing]
    """The smallest thing that a requirement asks for and a person completes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="modules")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    neutral_title = models.CharField(max_length=80, help_text="For calendars, mails and browser titles")
    summary = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(default=0)
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long it is good for where no requirement says otherwise; empty: for good"
    )
    modes = models.JSONField(default=list)
    nice_level = models.PositiveSmallIntegerField(default=0)
    standards = models.CharField(max_length=200, blank=True)
    topics = models.JSONField(default=list)
    families = models.JSONField(default=list)
    outcomes = models.JSONField(default=list)
    refreshes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="refreshers")
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="opens")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["pathway", "code"], name="module_code_once_a_pathway")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class PathwayVersion(models.Model):
    """What a pathway was when it was agreed; agencies sign up to one."""

    class Status(models.TextChoices):
        """Where a version stands."""

        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        SUPERSEDED = "superseded", "Superseded"

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    live_from = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True, help_text="When it went live; empty: long ago")
    summary = models.TextField(blank=True)
    modules = models.ManyToManyField(Module, related_name="versions")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "number"], name="version_number_once_a_pathway"),
            models.UniqueConstraint(
                fields=["pathway"], condition=Q(status="live"), name="one_live_version_of_a_pathway"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pathway}, version {self.number}"


class Requirement(models.Model):
    """A rule: posts of a role group, or with a designation, need a module.

    An agency's own rule names the agency; where the partnership has one for the same people, its versions take the
    place of the partnership's for that agency's posts, on the days they run.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="requirements")
    role_group = models.ForeignKey(
        RoleGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    designation = models.ForeignKey(
        Designation, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements")
    agency_kind = models.CharField(max_length=30, choices=AgencyKind.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(agency_kind=""), name="requirement_of_an_agency_or_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(role_group__isnull=True, designation__isnull=False)
                | Q(role_group__isnull=False, designation__isnull=True),
                name="requirement_has_a_role_group_or_a_designation",
            ),
            models.UniqueConstraint(
                "module",
                "agency_kind",
                # Written out, since SQLite counts two blanks as different.
                Coalesce("role_group_id", 0, output_field=models.BigIntegerField()),
                Coalesce("designation_id", 0, output_field=models.BigIntegerField()),
                Coalesce("agency_id", 0, output_field=models.BigIntegerField()),
                name="one_requirement_of_a_module_for_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module.code} for {self.role_group or self.designation}"

    @property
    def reason(self) -> str:
        """Why it falls on somebody, in words for them."""
        asks = ", as your agency asks" if self.agency_id else ""
        if self.designation is not None:
            return f"because {self.designation.reason or f'of your duty: {self.designation.title}'}{asks}"
        return f"because your role is {self.role_group.title}{asks}" if self.role_group else ""

    @property
    def audience(self) -> str:
        """Whom it asks, in a word for HR: a role group's or a designation's title."""
        return str(self.designation or self.role_group)


class RequirementVersion(Versioned):
    """A requirement from a day, perhaps until a day: kind, validity, window and induction (core rules 2 and 11)."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="versions")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=20, default="expiring")
    basis = models.CharField(max_length=20, default="from_completion")
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(default=0)
    window_months = models.PositiveSmallIntegerField(default=0)
    fixed_month = models.PositiveSmallIntegerField(null=True, blank=True)
    fixed_day = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum_life_months = models.PositiveSmallIntegerField(default=0)
    grace_days = models.PositiveSmallIntegerField(default=0)
    induction_days = models.PositiveSmallIntegerField(default=0)
    attendance_count = models.PositiveSmallIntegerField(default=0)
    attendance_months = models.PositiveSmallIntegerField(default=0)
    rolling_hours = models.PositiveSmallIntegerField(default=0, help_text="Hours of training needed")
    rolling_months = models.PositiveSmallIntegerField(default=0, help_text="The months in which they must fall")

    objects = VersionedQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["starts_on"]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="requirement_version_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["requirement", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_version_of_a_requirement_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} from {self.starts_on}"


class Satisfies(Versioned):
    """Who holds `lender` is taken to hold `borrower`, for the link's months or for good (core rules 11.11, 11.26)."""

    lender = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lends")
    borrower = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="borrows")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name_plural = "satisfies"
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="module_does_not_satisfy_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.lender.code} satisfies {self.borrower.code}"


class Equivalence(Versioned):
    """The register: what outside course counts for a module, accepted by whom, on what evidence, how old at most."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="equivalences")
    external_title = models.CharField(max_length=200)
    provider = models.CharField(max_length=160, blank=True)
    accepted_by = models.CharField(max_length=160)
    evidence = models.TextField(blank=True)
    maximum_age_months = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta(Versioned.Meta):
        constraints = [*Versioned.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.external_title} counts for {self.module.code}"


class RuleStamp(models.Model):
    """One row with a word that is another one after every writing of a rule: it says when to read the rules again.

    Triggers of the database write it, on every table that `training.pathways.rulebook` reads, before the writing itself
    (migration 0010). So nothing passes it by, and whoever writes a rule holds it until the transaction is over.
    """

    stamp = models.CharField(max_length=36)

    def __str__(self) -> str:
        return self.stamp


class ReasonCode(models.TextChoices):
    """Why a date moved or a requirement rests. Deliberately coarse: nothing private can be read from it."""

    NOT_IN_ROLE = "not_in_role", "Duties do not include this"
    HELD_ELSEWHERE = "held_elsewhere", "Covered by professional training elsewhere"
    AGREED = "agreed", "Agreed with the agency"


class PostFactQuerySet(PeopleQuerySet, VersionedQuerySet):  # type: ignore[override]
    """Facts about one post and one module."""

    to_employment = "post__employment"

    def current_on(self, on: date) -> Self:
        """Rows that run on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Exemption(Versioned):
    """A post is excused from a module, from a day until a day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="exemptions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="exemptions")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason_code = models.CharField(max_length=20, choices=ReasonCode.choices)

    objects = PostFactQuerySet.as_manager()

    class Meta(Versioned.Meta):
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="exemption_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["post", "module", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_exemption_of_a_post_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"exemption of post {self.post_id}"


class ExtensionQuerySet(PeopleQuerySet, VersionedQuerySet):  # type: ignore[override]
    """Moved due dates."""

    to_employment = "post__employment"


class Extension(Versioned):
    """The due date of one post and module, moved to a later day. No reason is kept: only that it was agreed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="extensions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="extensions")
    due_on = models.DateField()

    objects = ExtensionQuerySet.as_manager()

    class Meta(Versioned.Meta):
        constraints = [*Versioned.Meta.constraints]

    def __str__(self) -> str:
        return f"extension of post {self.post_id}"


class SignUpQuerySet(VersionedQuerySet):
    """Which agencies had committed."""

    def confirmed_on(self, on: date) -> Self:
        """Sign-ups that hold on this day."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), signed_on__lte=on, state=SignUp.State.CONFIRMED
        )


class SignUp(Versioned):
    """An agency's commitment to a version of the pathway; published only when confirmed."""

    class State(models.TextChoices):
        """How firm it is."""

        PENDING = "pending", "Pending"
        CONFIRMED = "confirmed", "Confirmed"

    version = models.ForeignKey(PathwayVersion, on_delete=models.PROTECT, related_name="sign_ups")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    signed_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    signatory_post = models.CharField(max_length=160, help_text="The signatory's post, not the name")

    objects = SignUpQuerySet.as_manager()

    class Meta(Versioned.Meta):
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "agency"], condition=Q(replaced_at__isnull=True), name="one_sign_up_of_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} to {self.version}"
