"""What sets a rule going, and what somebody has asked for and waits to hear about."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from training.access.access import Access
from training.access.permissions import Permission
from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Agency, Post
from training.people.models.posts import PeopleQuerySet

from .pathway import Module, Requirement


class TriggerEvent(models.TextChoices):
    """What happened that a module answers to. Coarse: nothing about a case or a person can be read from it."""

    BRIEFING = "briefing", "A new lesson briefing was published"
    PANEL = "panel", "Placed on a review panel"
    GUIDANCE = "guidance", "The law or local guidance changed"
    ASKED = "asked", "Asked for by the partnership"


class TriggerQuerySet(PeopleQuerySet, VersionedQuerySet):  # type: ignore[override]
    """Events that set a rule going."""

    to_employment = "post__employment"

    def visible_to(self, access: Access, permission: Permission = Permission.SEE_STAFF) -> Self:
        """Those of posts one may see, and those that name no post: they are about nobody."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        own = Q(post__employment__person_id=access.person_id) if access.person_id else Q(pk__in=[])
        staff = Q(post__employment__agency_id__in=access.agencies(permission))
        return self._scoped("visible_to").filter(own | staff | Q(post__isnull=True))

    def of_nobody(self) -> Self:
        """Those that set the rule going for every post on which it falls."""
        return self._scoped("of_nobody").filter(post__isnull=True)


class Trigger(Versioned):
    """An event that starts the clock of a rule of the kind 'triggered': for one post, or for all on which it falls.

    `happened_on` is the day of the event; the module is due `days_to_complete` days later.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="triggers")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="triggers")
    event = models.CharField(max_length=20, choices=TriggerEvent.choices, default=TriggerEvent.BRIEFING)
    happened_on = models.DateField()
    days_to_complete = models.PositiveSmallIntegerField(default=30)

    objects = TriggerQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["happened_on", "id"]
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                models.F("requirement"),
                models.F("happened_on"),
                # Written out, since SQLite counts two blanks as different.
                Coalesce("post_id", 0, output_field=models.BigIntegerField()),
                condition=Q(replaced_at__isnull=True),
                name="one_trigger_of_a_requirement_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"trigger of requirement {self.requirement_id} on {self.happened_on}"


class RequestReason(models.TextChoices):
    """What goes with a request for more time. Each could be anybody's; kept only while the request waits."""

    NOT_SAID = "not_said", "I would rather not say"
    NO_TIME = "no_time", "No time was released for it"
    NO_PLACE = "no_place", "No place or session to be had"
    ANOTHER_WAY = "another_way", "I need another day or another way to do it"


class RequestState(models.TextChoices):
    """Where a request or a proposal stands."""

    WAITING = "waiting", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ExtensionRequestQuerySet(PeopleQuerySet):
    """Requests for more time."""

    to_employment = "post__employment"

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=RequestState.WAITING)


class ExtensionRequest(models.Model):
    """Somebody asks for more time for one post and module. The decision is kept; the reason goes when it is made."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="extension_requests")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="extension_requests")
    wished_on = models.DateField()
    reason_code = models.CharField(max_length=20, choices=RequestReason.choices, blank=True)
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    is_asked_by_manager = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="The day that was agreed")

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "module"], condition=Q(state="waiting"), name="one_request_waits_for_a_post_and_module"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(reason_code=""), name="a_decided_request_keeps_no_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="a_request_is_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"request for more time of post {self.post_id}"


class RuleProposalQuerySet(models.QuerySet):
    """Agencies that ask to be asked less."""

    def waiting(self) -> Self:
        """Those that the partnership has not decided."""
        return self.filter(state=RequestState.WAITING)


class RuleProposal(models.Model):
    """An agency's wish to ask less than its partnership does, from a day; the partnership allows or declines it.

    `requirement` is the partnership's rule; `said` what would be different, as RuleVersion names it, dates as text.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rule_proposals")
    from_on = models.DateField()
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.WAITING)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)

    objects = RuleProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "agency"], condition=Q(state="waiting"), name="one_proposal_waits_for_a_rule"
            )
        ]

    def __str__(self) -> str:
        return f"proposal of {self.agency} on {self.requirement}"

    def begins_on(self, on: date) -> date:
        """The day from which it would run, decided on this day: never before today, since the past is settled."""
        return max(self.from_on, on)
