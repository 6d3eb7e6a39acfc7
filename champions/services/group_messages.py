"""Writing to a group of champions by the outbox. No address is shown to anybody."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from champions.errors import ChampionError, TooManyToday
from champions.models import Addressed, GroupMessage
from champions.models.group_messages import GROUP_MESSAGES_A_DAY, MOST_AT_ONCE
from champions.selectors.group_messages import Filled
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Employment, Partnership

KIND = "group"
TOO_MANY = f"{GROUP_MESSAGES_A_DAY} messages to groups a day are enough. You can write again tomorrow."
BODY = """Hello

There is a message for you in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""


@transaction.atomic
def write_to_group(
    *, partnership: Partnership, group: str, subject: str, words: str, filled: list[Filled], by: Actor, at: datetime
) -> GroupMessage:
    """Write to each of them. TooManyToday; ChampionError for nobody, or too many at once."""
    if not 0 < len(filled) <= MOST_AT_ONCE:
        raise ChampionError(f"A message goes to between 1 and {MOST_AT_ONCE} people. This group has {len(filled)}.")
    on = london_date(at)
    today = GroupMessage.objects.filter(partnership=partnership, sent_on=on)
    number = (today.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > GROUP_MESSAGES_A_DAY:
        raise TooManyToday(TOO_MANY)
    try:
        with transaction.atomic():
            message = GroupMessage.objects.create(
                partnership=partnership,
                group=group,
                subject=subject,
                words=words,
                people=len(filled),
                sent_at=at,
                sent_on=on,
                number=number,
            )
    except IntegrityError as error:  # two at once
        raise TooManyToday("Another message is just being sent. Look at the list first.") from error
    _deliver(message, filled, at=at)
    audit.record(
        "group message sent",
        by=by,
        at=at,
        kind="group message",
        uid=message.uid,
        partnership_code=partnership.code,
        group=group,
        people=len(filled),
    )
    return message


def forget_group_messages(*, at: datetime) -> int:
    """Delete what came to people a month ago; how much. That something was sent, and to how many, stays."""
    return Addressed.objects.everywhere(reason="retention").old(at).delete()[0]


def _deliver(message: GroupMessage, filled: list[Filled], *, at: datetime) -> None:
    people = [each.row.known.person for each in filled]
    rosters = Employment.objects.everywhere(reason="where to write").filter(person__in=people).exclude(work_email="")
    addresses = dict(rosters.order_by("-pk").values_list("person_id", "work_email"))
    for each in filled:
        person = each.row.known.person
        addressed = Addressed.objects.create(message=message, person=person, words=each.words)
        if to := person.user or addresses.get(person.pk):
            link = settings.BASE_URL + reverse("group-message", args=[addressed.uid])
            notices.send(to=to, kind=KIND, subject=message.subject, body=BODY.format(link=link), at=at)
