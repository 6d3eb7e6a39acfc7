"""People on rosters, and the posts they hold."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.prepared import Given
from training.access.scoping import ScopedQuerySet
from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.identity.groups import training_of
from training.people.kinds import EmploymentType, PostStatus

from .agencies import Agency, Locality, Team, Workplace
from .login import User
from .plain import PlainAddress


class RoleGroup(models.Model):
    """What kind of job a post is: GP, midwife, call handler. Requirements hang on it."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    family = models.CharField(max_length=40, blank=True)
    nice_level = models.PositiveSmallIntegerField(default=0)
    soc_code = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Designation(models.Model):
    """A duty on top of a job: MARAC representative, champion, approved trainer."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    reason = models.CharField(max_length=160, blank=True, help_text="Completes 'because ...': 'you are a champion'")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PeopleQuerySet(ScopedQuerySet):
    """Rows about people, whose way to the agency and to the person a subclass names."""

    to_employment = ""

    def _lookup(self, rest: str) -> str:
        return f"{self.to_employment}__{rest}" if self.to_employment else rest

    def visible_to(self, access: Access, permission: Permission = Permission.SEE_STAFF) -> Self:
        """One's own rows, and those of the agencies over which one holds the permission."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        own = Q(**{self._lookup("person_id__in"): access.own_record})
        staff = Q(**{self._lookup("agency_id__in"): access.agencies(permission)})
        return self._scoped("visible_to").filter(own | staff)

    def within(self, agency: Agency) -> Self:
        """The rows of one agency."""
        return self._scoped("within").filter(**{self._lookup("agency"): agency})

    def of_others(self, access: Access) -> Self:
        """Without one's own: nobody decides about themselves."""
        return self.exclude(**{self._lookup("person_id__in"): access.records})

    def among(self, agencies: Iterable[Agency]) -> Self:
        """The rows of these agencies."""
        return self._scoped("among").filter(**{self._lookup("agency__in"): list(agencies)})


class PersonQuerySet(PeopleQuerySet):
    """People, seen through their employments."""

    to_employment = "employments"

    def visible_to(self, access: Access, permission: Permission = Permission.SEE_STAFF) -> Self:
        """Oneself, and the people, past ones too, of the agencies over which one holds the permission."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        agencies = access.agencies(permission)
        if not agencies:
            return self._scoped("visible_to").filter(pk__in=access.own_record)
        staff = Q(employments__agency_id__in=agencies)
        return self._scoped("visible_to").filter(Q(pk__in=access.own_record) | staff).distinct()


class Person(models.Model):
    """Someone on a roster, with or without a login. One person, however many agencies."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120, blank=True)
    preferred_name = models.CharField(max_length=120, blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    is_protected = models.BooleanField(default=False, help_text="Hidden from every shared view at their own wish")
    is_protected_elsewhere = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Hidden at the wish of another record of theirs, which alone can end it",
    )
    recorded_at = models.DateTimeField()
    same_as = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="records",
        help_text="The first of the records known to be of this person, on each of them; none where there is but one",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        verbose_name_plural = "people"
        indexes = [
            # As HR's list is sorted: the first page of a hundred thousand is read without sorting them all.
            models.Index(fields=["is_protected", "last_name", "first_name", "id"], name="person_by_name")
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        """The name to call and print: the preferred first name where there is one."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()

    def all_of(self, to_person: str = "person") -> Q:
        """Rows of training, by their way to the person, that count for this record: its own and what it claimed."""
        if self.same_as_id is None:
            return Q(**{to_person: self.pk})
        return Q(**{f"{to_person}__in": (self.pk, *self.earlier_records())})

    def earlier_records(self) -> tuple[int, ...]:
        """Ids of the further records whose training counts for this one. No query where there is but one record."""
        if self.same_as_id is None:
            return ()
        said = apps.get_model("people.Sameness").objects.everywhere(reason="one person's records").known_now()
        said = said.filter(record__same_as=self.same_as_id).order_by()
        heard = training_of(said.values_list("record_id", "same_as_id", "agency_id"))
        return tuple(sorted(heard.get(self.pk, frozenset()) - {self.pk}))


class EmploymentQuerySet(PeopleQuerySet):
    """Roster entries."""


class Employment(models.Model):
    """A person's entry on one agency's roster: the agency's own employee reference, and the work address."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="employments", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    entered_as = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="employments_before",
        help_text="The record it was entered as, where the agency's HR has merged that one into `person`",
    )
    employee_ref = models.CharField(max_length=60)
    work_email = models.EmailField(blank=True, db_index=True, help_text="In small letters; a contact, never a key")
    addressed_at = models.DateTimeField(null=True, blank=True, help_text="When the address last changed, if ever")
    recorded_at = models.DateTimeField()

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "employee_ref"], name="employee_ref_once_an_agency")]
        indexes = [models.Index(PlainAddress("work_email"), name="employment_by_plain_address")]

    def __str__(self) -> str:
        return f"employment {self.pk}"

    @property
    def named_by(self) -> Person:
        """The record that holds the name as this roster entry says it, whatever has been merged since."""
        return self.entered_as or self.person


class PostQuerySet(PeopleQuerySet):
    """Posts, through the employment that holds them."""

    to_employment = "employment"


class Post(models.Model):
    """One assignment of an employment. What it is from day to day stands in its terms."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="posts", db_index=False)
    assignment_ref = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employment", "assignment_ref"], name="assignment_ref_once_an_employment")
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class TermQuerySet(PeopleQuerySet, VersionedQuerySet):  # type: ignore[override]
    """What posts were, from day to day, as known at a moment."""

    to_employment = "post__employment"

    def current_on(self, on: date | Given) -> Self:
        """Terms that run on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_ended_on(self, on: date) -> Self:
        """Terms that run on this day or are still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def at_work(self) -> Self:
        """Terms during which nobody is on leave."""
        return self.exclude(status__in=PostStatus.on_leave())


class Term(Versioned):
    """What a post was from a day, perhaps until a day, as known at a moment.

    A change in the job closes the running term the day before and begins another; a correction replaces the row.
    Terms of one post that nothing has replaced never overlap (a database constraint on both databases).
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="terms", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    role_group = models.ForeignKey(RoleGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    post_title = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    workplace = models.ForeignKey(Workplace, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    manager = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="managed_terms")
    employment_type = models.CharField(max_length=20, choices=EmploymentType.choices, default=EmploymentType.PERMANENT)
    status = models.CharField(max_length=20, choices=PostStatus.choices, default=PostStatus.ACTIVE)
    fte = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=80, blank=True, help_text="What put it there: 'roster:<uid>'")

    objects = TermQuerySet.as_manager()

    class Meta(Versioned.Meta):
        indexes = [models.Index(fields=["post", "starts_on"], name="term_by_post_and_start")]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["post", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_term_of_a_post_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} from {self.starts_on}"

    @property
    def is_on_leave(self) -> bool:
        """Whether the clock is paused."""
        return self.status in PostStatus.on_leave()


class DutyQuerySet(PeopleQuerySet, VersionedQuerySet):  # type: ignore[override]
    """Designations held on posts."""

    to_employment = "post__employment"

    def current_on(self, on: date) -> Self:
        """Duties that run on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Duty(Versioned):
    """A designation held on a post, from a day, perhaps until a day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="duties")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name_plural = "duties"
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="duty_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["post", "designation", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_duty_of_a_post_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"duty of post {self.post_id} from {self.starts_on}"


class StalePostQuerySet(PeopleQuerySet):
    """Marks on posts."""

    to_employment = "post__employment"


class StalePost(models.Model):
    """A post whose standings must be worked out anew; the mark goes when they have been.

    Marked again meanwhile, it keeps the first moment: until then, and no later, its standings are true.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="stale_mark")
    first_marked_at = models.DateTimeField()
    marked_at = models.DateTimeField()

    objects = StalePostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"stale post {self.post_id}"
