"""Making links to one's passport, ending them, and noting what was seen through them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from certificates.code import new_code
from certificates.models import Share, Viewing
from certificates.services import printed_name
from certificates.snapshot import printable
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Person

MOST_RUNNING = 20
KEPT = timedelta(days=90)
KEPT_AFTER = timedelta(days=30)
WHY = "one writer at a time"
USED = """Hello

An organisation has used a link of yours, under another name than yours. Sign in to see when: choose 'Learning', then
'Your passport'. You can end the link there. If it is not right, tell the organisation to which you gave the link.
"""


class TooManyLinks(Exception):
    """The holder has as many links as anybody can look after. The text can be shown."""


@transaction.atomic
def make_share(
    person: Person,
    *,
    label: str,
    modules: Sequence[int],
    last_on: date,
    by: Actor,
    on: date,
    at: datetime,
    names: Sequence[str] = (),
) -> Share:
    """A link to one's passport. `modules` by id; none: all of them. `names` are those, besides the one printed now,
    that certificates shown may bear.
    """
    Person.objects.everywhere(reason=WHY).select_for_update(no_key=True).get(pk=person.pk)
    if Share.objects.of(person).running(on).count() >= MOST_RUNNING:
        raise TooManyLinks(f"{MOST_RUNNING} links of yours are open. End one first.")
    share = Share.objects.create(
        person=person,
        code=new_code(),
        label=label.strip(),
        modules=list(modules),
        names=[printed_name(person), *names],
        roster_name=printable(person.name),
        last_on=last_on,
        made_at=at,
    )
    audit.record("passport shared", by=by, at=at, kind="share", uid=share.uid)
    return share


@transaction.atomic
def end_share(share: Share, *, by: Actor, at: datetime) -> None:
    """It opens nothing from now on. The same twice is once."""
    running = Share.objects.with_code(share.code).filter(ended_at__isnull=True)
    if running.update(ended_at=at):
        audit.record("passport share ended", by=by, at=at, kind="share", uid=share.uid)


def end_shares_of(person: Person, *, by: Actor, at: datetime) -> None:
    """No link to the record of this person opens anything from now on, under whichever of their records it was made."""
    for share in Share.objects.of_all_records(person).filter(ended_at__isnull=True):
        end_share(share, by=by, at=at)


def note_viewing(share: Share, what: Viewing.What, modules: Sequence[str], *, at: datetime) -> None:
    """Tell the holder that somebody looked, and at what; by mail where it was taken for somebody of another name."""
    Viewing.objects.create(share=share, what=what, modules=list(modules), seen_at=at)
    if what is Viewing.What.ACCEPTED_AS and share.person.user is not None:
        notices.send(to=share.person.user, kind="mail", subject="Learning", body=USED, at=at)


def forget_shares(*, at: datetime) -> int:
    """Delete links that have been over for thirty days, and what was seen more than ninety days ago; how many rows."""
    over = Q(ended_at__lt=at - KEPT_AFTER) | Q(last_on__lt=london_date(at - KEPT_AFTER))
    shares = Share.objects.everywhere(reason="retention").filter(over)
    seen = Viewing.objects.everywhere(reason="retention").filter(seen_at__lt=at - KEPT)
    return shares.delete()[0] + seen.delete()[0]
