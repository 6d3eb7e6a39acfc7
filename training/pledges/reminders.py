"""Writing to an agency when the review of a pledge comes near, and when it is over. Once each.

Whether there is still a reason is asked when the mail is written, not before: whoever renewed or withdrew in time
hears nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from training.access.clock import LONDON, london_date
from training.access.permissions import Permission
from training.access.roles import ROLES
from training.notices import services as notices
from training.people.models import Agency, Membership, RoleGrant, User
from training.people.selectors import access_of

from .models import REVIEW_IS_NEAR, Pledge, ReviewReminder

Stage = ReviewReminder.Stage
TOLD_AFTER = timedelta(days=30)
"""So long after a review is over that agencies are still told: what is entered later is history."""
PLEDGERS = [code for code, role in ROLES.items() if Permission.PLEDGE in role.permissions]
SUBJECT = "Learning"
BODY = """Hello

{words} Look at it here, and report what is new:

{link}

You will be asked to sign in. This mail has no reply.
"""


def remind_of_reviews(*, at: datetime) -> int:
    """Tell agencies of reviews that are near or over, where nobody was told yet; how many."""
    on = london_date(at)
    return sum(_remind(pledge, stage, on=on, at=at) for pledge, stage in _due(on))


def stage_on(review_on: date, on: date) -> ReviewReminder.Stage | None:
    """Which reminder a review is due on a day: of two that were missed, the later."""
    left = review_on - on
    if left > REVIEW_IS_NEAR or left < -TOLD_AFTER:
        return None
    if left < timedelta():
        return Stage.OVER
    return Stage.SECOND if left <= timedelta(days=Stage.SECOND) else Stage.FIRST


def _due(on: date) -> Iterator[tuple[Pledge, ReviewReminder.Stage]]:
    """Confirmed pledges with a review about now, of members, that no later one has taken the place of."""
    near = Pledge.objects.known_now().filter(
        review_on__range=(on - TOLD_AFTER, on + REVIEW_IS_NEAR), is_confirmed=True, withdrawn_on=None
    )
    found = list(near.select_related("agency").order_by("review_on", "pk"))
    if not found:
        return
    told = _told(found)
    renewed = _renewed(found)
    members = set(Membership.objects.known_now().current_on(on).values_list("partnership", "agency"))
    for pledge in found:
        stage = stage_on(pledge.review_on, on) if pledge.review_on else None
        is_open = (pledge.partnership_id, pledge.agency_id) in members and pledge.pk not in renewed
        if is_open and stage is not None and (pledge.uid, pledge.review_on, stage) not in told:
            yield pledge, stage


def _told(found: Collection[Pledge]) -> set[tuple[object, ...]]:
    told = ReviewReminder.objects.filter(pledge_uid__in=[each.uid for each in found])
    return set(told.values_list("pledge_uid", "review_on", "stage"))


def _renewed(found: Collection[Pledge]) -> set[int]:
    """Those after which another was reported, confirmed or not: the agency has done its part.

    To say that there is none renews nothing: what is confirmed still holds.
    """
    same = Pledge.objects.known_now().filter(
        agency__in={each.agency_id for each in found}, withdrawn_on=None, is_none=False
    )
    last: dict[tuple[object, ...], date] = {}
    for *place, made_on in same.order_by("made_on").values_list("partnership", "agency", "kind", "made_on"):
        last[tuple(place)] = made_on
    places = {each.pk: (each.partnership_id, each.agency_id, each.kind) for each in found}
    return {each.pk for each in found if last[places[each.pk]] > each.made_on}


@transaction.atomic
def _remind(pledge: Pledge, stage: ReviewReminder.Stage, *, on: date, at: datetime) -> int:
    """Whoever keeps the agency's commitments is told. Where nobody does yet, it waits until somebody does."""
    logins = pledgers(pledge.agency, on=on)
    if not logins or pledge.review_on is None:
        return 0
    _, is_first = ReviewReminder.objects.get_or_create(
        pledge_uid=pledge.uid, review_on=pledge.review_on, stage=stage, defaults={"sent_at": at}
    )
    if not is_first:
        return 0
    words = "A day on which your agency looks again at something it reported is near."
    if stage == Stage.OVER:
        words = "A day on which your agency was to look again at something it reported is over."
    body = BODY.format(words=words, link=settings.BASE_URL + reverse("agency-commitments", args=[pledge.agency.code]))
    until = datetime.combine(on + timedelta(days=7), time(), LONDON)
    for login in logins:
        notices.send(to=login, kind="reminder", subject=SUBJECT, body=body, at=at, useless_after=until)
    return 1


def pledgers(agency: Agency, *, on: date) -> list[User]:
    """Logins that keep the agency's commitments on this day."""
    granted = RoleGrant.objects.filter(agency=agency, role_code__in=PLEDGERS, user__is_active=True).current_on(on)
    users = User.objects.filter(pk__in=granted.values("user")).select_related("person").order_by("email")
    return [user for user in users if access_of(user, on=on).may(Permission.PLEDGE, agency_id=agency.pk)]
