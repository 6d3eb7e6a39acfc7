"""Writing to a group of champions by the outbox. No address is shown to anybody."""

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max, prefetch_related_objects
from django.urls import reverse

from champions.errors import AlreadyAsked, ChampionError, TooManyToday
from champions.models import Addressed, Block, Champion, GroupMessage
from champions.models.group_messages import GROUP_MESSAGES_A_DAY, GROUP_MESSAGES_KEPT_FOR
from champions.selectors.group_messages import Addressees, Chosen, filled
from champions.selectors.network import NetworkRow
from training.access.access import Access
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Employment
from training.people.selectors import access_of

log = structlog.get_logger("champions")

KIND = "group"
TOLD_A_TICK = 100  # as many as leave the outbox at a time, so that few wait there while somebody goes
TOO_MANY = f"{GROUP_MESSAGES_A_DAY} messages to groups a day are enough. You can write again tomorrow."
BODY = """Hello

There is a message for you in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""


@transaction.atomic
def write_to_group(*, to: Addressees, subject: str, words: str) -> GroupMessage:
    """Write to a group; the worker takes it to each of them.

    AlreadyAsked where it was sent today, TooManyToday; ChampionError where nobody is in it.
    """
    if not (group_size := to.count()):
        raise ChampionError("Nobody is in this group today.")
    chosen = {name: getattr(to.chosen, name) for name in ("group", "district", "meeting")}
    number = _number_of_today(to, words, chosen)
    try:
        with transaction.atomic():
            message = GroupMessage.objects.create(
                partnership=to.partnership,
                **chosen,
                subject=subject,
                words=words,
                written_by_id=to.access.user_id,
                group_size=group_size,
                told_up_to=0,
                sent_at=to.at,
                sent_on=to.on,
                number=number,
            )
    except IntegrityError as error:  # two at once
        raise TooManyToday("Another message is just being sent. Look at the list first.") from error
    audit.record(
        "group message sent",
        by=to.access.actor,
        at=to.at,
        kind="group message",
        uid=message.uid,
        partnership_code=to.partnership.code,
        group=to.chosen.group,
        people=group_size,
    )
    return message


def take_to_groups(*, at: datetime) -> int:
    """Write to the next of those whom the oldest message is for; to how many. One that fails keeps no other back."""
    going = GroupMessage.objects.filter(told_up_to__isnull=False).order_by("sent_at", "pk")
    for message in going.select_related("partnership", "district", "meeting"):
        try:
            return _tell_some(message, at=at)
        except Exception:
            log.exception("a message to a group could not be taken on", job="take_to_groups", message=message.pk)
    return 0


def stop_messages_to(champion: Champion) -> int:
    """What has not left yet does not come to one who goes; how much."""
    rows = Addressed.objects.everywhere(reason="the champion has gone").on_the_way()
    found = list(rows.filter(person=champion.person_id, message__partnership=champion.partnership_id))
    stopped = [each for each in found if notices.take_back(each.notice_id or 0)]  # else it left just now
    for each in stopped:
        each.delete()
        GroupMessage.objects.filter(pk=each.message_id).update(people=F("people") - 1)
    return len(stopped)


def forget_group_messages(*, at: datetime) -> int:
    """Delete what came to people a month ago, and the words; how much. That it was sent, and to how many, stays."""
    old = GroupMessage.objects.filter(sent_at__lt=at - GROUP_MESSAGES_KEPT_FOR).exclude(words="")
    old.update(words="", written_by=None, told_up_to=None)
    return Addressed.objects.everywhere(reason="retention").old(at).delete()[0]


def _number_of_today(to: Addressees, words: str, chosen: dict[str, Any]) -> int:
    """Which message of the day this is, for one that is not pressed a second time."""
    today = GroupMessage.objects.filter(partnership=to.partnership, sent_on=to.on)
    if today.filter(**chosen, words=words).exists():
        raise AlreadyAsked("You have sent this to this group today.")
    number = (today.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > GROUP_MESSAGES_A_DAY:
        raise TooManyToday(TOO_MANY)
    return number


@transaction.atomic
def _tell_some(message: GroupMessage, *, at: datetime) -> int:
    """The next of them, by id, but for those who keep the writer away, whom only the number counts: it would tell.

    The message keeps up to whom it has come, so that a worker killed here starts anew.
    """
    held = GroupMessage.objects.select_for_update(no_key=True).filter(pk=message.pk, told_up_to=message.told_up_to)
    if not held.exists():
        return 0
    chosen = Chosen(message.group, message.district, message.meeting)
    group = Addressees(_eyes(message, at), message.partnership, chosen, at)
    people = list(group.people().filter(pk__gt=message.told_up_to).values_list("pk", flat=True)[:TOLD_A_TICK])
    rows = group.rows(people)
    blocks = Block.objects.everywhere(reason="to whom it does not come").against(group.access)
    away = set(blocks.values_list("owner", flat=True))
    _deliver(message, [row for row in rows if row.known.person.pk not in away], at=at)
    told_up_to = people[-1] if len(people) == TOLD_A_TICK else None
    held.update(people=F("people") + len(rows), told_up_to=told_up_to)
    return len(rows)


def _eyes(message: GroupMessage, at: datetime) -> Access:
    """What whoever wrote it may know today: nobody is written to for one who looks after the network no longer."""
    writer = message.written_by
    return access_of(writer, on=london_date(at)) if writer and writer.is_active else Access.nobody()


def _deliver(message: GroupMessage, rows: list[NetworkRow], *, at: datetime) -> None:
    people = [row.known.person for row in rows]
    prefetch_related_objects(people, "user")
    rosters = Employment.objects.everywhere(reason="where to write").filter(person__in=people).exclude(work_email="")
    addresses = dict(rosters.order_by("-pk").values_list("person_id", "work_email"))
    made = []
    for row in rows:
        person = row.known.person
        addressed = Addressed(message=message, person=person, words=filled(row, message.words))
        if to := person.user or addresses.get(person.pk):
            body = BODY.format(link=settings.BASE_URL + reverse("group-message", args=[addressed.uid]))
            addressed.notice = notices.send(to=to, kind=KIND, subject=message.subject, body=body, at=at)
        made.append(addressed)
    Addressed.objects.bulk_create(made)
