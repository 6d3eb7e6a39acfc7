"""A partnership's charter, and what its agencies have pledged: a signature, a workplace policy, an executive lead."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Agency, Partnership

REVIEW_IS_NEAR = timedelta(days=60)


class Charter(models.Model):
    """What a partnership asks its agencies to sign, under its own name for it: a charter, a concordat."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="charter")
    title = models.CharField(max_length=120)
    address = models.URLField(blank=True, help_text="Of the public page with its text")
    tiers = models.JSONField(default=list, blank=True, help_text="Titles; none where everybody signs the same")
    named_at = models.DateTimeField(help_text="When there first was one")

    def __str__(self) -> str:
        return self.title


class Kind(models.TextChoices):
    """What can be pledged."""

    CHARTER = "charter", "Signature"
    POLICY = "policy", "Workplace policy"
    LEAD = "lead", "Executive lead"


class PledgeQuerySet(VersionedQuerySet):
    """What agencies have pledged."""

    def made_by(self, on: date) -> Self:
        """Those made on this day or before, whatever became of them."""
        return self.filter(made_on__lte=on)

    def in_force_on(self, on: date) -> Self:
        """Those that hold on this day: confirmed, not withdrawn, their review not over."""
        return self.made_by(on).filter(
            Q(review_on__isnull=True) | Q(review_on__gte=on),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
            is_confirmed=True,
            is_none=False,
        )


class Pledge(Versioned):
    """One thing that an agency has committed itself to, in one partnership, from a day. A renewal is another pledge.

    `made_on` is the day of the signature, of the policy's approval, or since when there is a lead. It holds up to
    `review_on`, that day included, and from `withdrawn_on` no more; one that was never true is withdrawn from its
    first day. `is_none`: the agency says that it has no policy or lead. `uid` stays with it through its versions.
    `is_who_public`: the page that anyone may open says who signed, or the lead's post; a lead's name it never says.
    `name` stands on the version that nothing has replaced, and on no withdrawn one.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="pledges")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="pledges")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    made_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    is_none = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    post_title = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=160, blank=True)
    is_who_public = models.BooleanField(default=False)
    tier = models.CharField(max_length=80, blank=True, help_text="The title it had when it was signed")
    reference = models.CharField(max_length=160, blank=True, help_text="Where the evidence is kept")
    covers_victims = models.BooleanField(default=False)
    covers_people_who_harm = models.BooleanField(default=False)

    objects = PledgeQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["made_on", "id"]
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "agency", "kind", "made_on", "is_none"],
                condition=Q(replaced_at__isnull=True, withdrawn_on__isnull=True),
                name="one_pledge_of_a_kind_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["uid"], condition=Q(replaced_at__isnull=True), name="one_version_of_a_pledge_stands"
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("made_on")), name="pledge_is_reviewed_later"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("made_on")),
                name="pledge_is_withdrawn_later",
            ),
            models.CheckConstraint(
                condition=Q(is_none=True) | Q(kind=Kind.LEAD) | Q(review_on__isnull=False),
                name="signature_and_policy_have_a_review",
            ),
            models.CheckConstraint(
                condition=Q(is_none=False) | ~Q(kind=Kind.CHARTER) & Q(is_confirmed=False, review_on__isnull=True),
                name="no_policy_and_no_lead_is_said_alone",
            ),
            models.CheckConstraint(
                condition=Q(name="") | Q(replaced_at__isnull=True, withdrawn_on__isnull=True),
                name="a_name_stands_on_what_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.agency_id} from {self.made_on}"

    def is_withdrawn(self, on: date) -> bool:
        """Whether it holds no more on this day, whatever its review."""
        return self.withdrawn_on is not None and self.withdrawn_on <= on

    def is_in_force(self, on: date) -> bool:
        """The same as `in_force_on`, of one that is at hand."""
        is_in_date = self.review_on is None or self.review_on >= on
        stands = self.is_confirmed and not self.is_none and not self.is_withdrawn(on)
        return stands and is_in_date and self.made_on <= on

    @property
    def was_never_true(self) -> bool:
        """Whether it was taken back from its first day."""
        return self.withdrawn_on == self.made_on

    @property
    def public_who(self) -> str:
        """Who signed, or the post of the lead, where that may be said to anybody."""
        if not self.is_who_public:
            return ""
        return self.post_title if self.kind == Kind.LEAD else ", ".join(filter(None, (self.name, self.post_title)))

    @property
    def covers_both(self) -> bool:
        """Whether a policy is for staff who are harmed and for staff who harm."""
        return self.covers_victims and self.covers_people_who_harm


class ReviewReminder(models.Model):
    """That an agency was written to about one review, so that it is written to once: so many days before, or after."""

    class Stage(models.IntegerChoices):
        """How long before its day. The numbers are days."""

        FIRST = 60, "Two months before"
        SECOND = 14, "Two weeks before"
        OVER = 0, "When it is over"

    pledge_uid = models.UUIDField()
    review_on = models.DateField()
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge_uid", "review_on", "stage"], name="one_reminder_of_a_review")
        ]

    def __str__(self) -> str:
        return f"reminder {self.stage} of {self.pledge_uid}"
