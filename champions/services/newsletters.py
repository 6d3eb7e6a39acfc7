"""Drafting a newsletter, saving it, sending it by the outbox, and stopping it."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from champions.errors import NotOpen
from champions.models import Champion, ChampionStep, Newsletter, NewsletterStop
from champions.models.newsletters import LONGEST_NEWSLETTER
from champions.selectors.newsletters import draft, readers
from training.access.actor import Actor
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Employment, Partnership

SUBJECT = "A message for you"
KIND = "newsletter"
SALT = "champions.newsletter"
TOLD_A_TICK = 200
BODY = """Hello

There is a letter for you in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply. If you do not want these letters:

{stop}
"""


@transaction.atomic
def begin(*, partnership: Partnership, by: Actor, at: datetime) -> Newsletter:
    """A draft of what is new; the one that waits, where there is one."""
    waiting = Newsletter.objects.filter(partnership=partnership, sent_at__isnull=True).first()
    if waiting:
        return waiting
    made = Newsletter.objects.create(
        partnership=partnership, words=draft(partnership, at=at)[:LONGEST_NEWSLETTER], made_at=at
    )
    _on_record("newsletter drafted", made, by=by, at=at)
    return made


@transaction.atomic
def save(*, newsletter: Newsletter, words: str, by: Actor, at: datetime) -> None:
    """Keep what the coordinator wrote, until it is sent. NotOpen."""
    if not Newsletter.objects.filter(pk=newsletter.pk, sent_at__isnull=True).update(words=words):
        raise NotOpen("This letter has been sent, and stays as it is.")
    _on_record("newsletter changed", newsletter, by=by, at=at)


@transaction.atomic
def send(*, newsletter: Newsletter, words: str, by: Actor, at: datetime) -> None:
    """Champions can read it from now on; the worker writes to those who want it. NotOpen."""
    save(newsletter=newsletter, words=words, by=by, at=at)
    Newsletter.objects.filter(pk=newsletter.pk).update(sent_at=at, told_up_to=0)
    _on_record("newsletter sent", newsletter, by=by, at=at)


def tell_of_newsletters(*, at: datetime) -> int:
    """Write to those who want them, some hundreds a time; how many."""
    going = Newsletter.objects.filter(sent_at__isnull=False, told_up_to__isnull=False).select_related("partnership")
    return sum(_tell_some(each, at=at) for each in going[:1])


@transaction.atomic
def _tell_some(newsletter: Newsletter, *, at: datetime) -> int:
    """The next of them, by id; the letter keeps whom it has come to."""
    held = Newsletter.objects.select_for_update(no_key=True).filter(pk=newsletter.pk, told_up_to=newsletter.told_up_to)
    if not held.exists():
        return 0
    rows = readers(newsletter.partnership, at=at).filter(champion__gt=newsletter.told_up_to)
    steps = list(rows.select_related("champion__person__user").order_by("champion")[:TOLD_A_TICK])
    _write(newsletter, steps, at=at)
    held.update(told_up_to=steps[-1].champion_id if len(steps) == TOLD_A_TICK else None)
    return len(steps)


def _write(newsletter: Newsletter, steps: list[ChampionStep], *, at: datetime) -> None:
    people = [each.person_id for each in steps]
    rosters = Employment.objects.everywhere(reason="where to write").filter(person__in=people).exclude(work_email="")
    addresses = dict(rosters.order_by("-pk").values_list("person_id", "work_email"))
    link = settings.BASE_URL + reverse("newsletter", args=[newsletter.uid])
    for champion in (each.champion for each in steps):
        to = champion and (champion.person.user or addresses.get(champion.person_id))
        if champion and to:
            stop = settings.BASE_URL + reverse("stop-newsletters", args=[stop_token(champion)])
            notices.send(to=to, kind=KIND, subject=SUBJECT, body=BODY.format(link=link, stop=stop), at=at)


def stop_token(champion: Champion) -> str:
    """What ends the letters without signing in. It opens nothing."""
    return signing.dumps(str(champion.uid), salt=SALT)


def champion_of_token(token: str) -> Champion | None:
    """Whose token it is."""
    try:
        uid = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Champion.objects.everywhere(reason="who wants no more letters").filter(uid=uid).first()


@transaction.atomic
def want(*, champion: Champion, wants: bool, by: Actor, at: datetime) -> None:
    """Whether letters are to come by mail."""
    stops = NewsletterStop.objects.everywhere(reason="one's own wish").filter(champion=champion)
    if wants:
        stops.delete()
    else:
        stops.get_or_create(champion=champion, defaults={"stopped_at": at})
    verb = "newsletters wanted" if wants else "newsletters stopped"
    audit.record(verb, by=by, at=at, kind="champion", uid=champion.uid, partnership_code=champion.partnership.code)


def _on_record(verb: str, newsletter: Newsletter, *, by: Actor, at: datetime) -> None:
    code = newsletter.partnership.code
    audit.record(verb, by=by, at=at, kind="newsletter", uid=newsletter.uid, partnership_code=code)
