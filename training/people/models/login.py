"""Logins, and the roles granted to them from day to day."""

import uuid
from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from training.access.prepared import Given
from training.access.roles import ROLES, Role

from .agencies import Agency, Partnership
from .plain import PlainAddress


class UserManager(BaseUserManager["User"]):
    """Makes logins; the address is the login name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A login for this address, with a password or with codes alone."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A login that passes every check of the content editor; for installing the site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A login, by e-mail address. Never the same thing as a Person: a login may have none, a person may have none."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case")]
        indexes = [models.Index(PlainAddress("email"), name="user_by_plain_address")]

    def __str__(self) -> str:
        return f"login {self.pk}"


class RoleGrantQuerySet(models.QuerySet):
    """Which roles run on a day."""

    def current_on(self, on: date | Given) -> Self:
        """Grants that hold on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class RoleGrant(models.Model):
    """A role held by a login over a scope, from a day, perhaps until a day. Ended by its last day, never deleted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role_code = models.CharField(max_length=40, choices=[(role.code, role.title) for role in ROLES.values()])
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    partnership = models.ForeignKey(Partnership, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(partnership__isnull=True), name="grant_has_one_scope_at_most"
            ),
            models.CheckConstraint(
                condition=~Q(role_code__in=[role.code for role in ROLES.values() if role.months])
                | Q(ends_on__isnull=False),
                name="grant_of_a_role_for_a_time_ends",
            ),
            models.UniqueConstraint(
                "user",
                "role_code",
                "starts_on",
                # Written out, since SQLite counts two blanks as different.
                Coalesce("agency_id", 0, output_field=models.BigIntegerField()),
                Coalesce("partnership_id", 0, output_field=models.BigIntegerField()),
                name="one_grant_of_a_role_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role.title} from {self.starts_on}"

    @property
    def role(self) -> Role:
        """What the grant gives."""
        return ROLES[self.role_code]
