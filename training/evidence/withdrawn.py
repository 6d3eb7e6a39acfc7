"""Training that was accepted here and has been withdrawn since where it was learnt: it goes here too.

Whoever withdraws it knows nothing of who accepted it. So the worker looks, every few seconds.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, Subquery

from training.access.actor import Actor
from training.audit import services as audit
from training.ledger.models import Entry
from training.ledger.services import revoke_completion, void_completion
from training.ledger.wrong import tell
from training.people.models import Agency

from .models import Evidence, EvidenceQuerySet

BY = Actor.system("evidence")
REASON = "The training it rests on was withdrawn"
SHOWN_FOR = timedelta(days=30)
WHY = "accepted on the strength of what was withdrawn since"


def follow_withdrawals(at: datetime) -> int:
    """For the worker: withdraw what rests on withdrawn training, in the same way and from the same day; how many."""
    return sum(_follow(pk, at) for pk in _left_behind().values_list("pk", flat=True))


def withdrawn_since(agency: Agency, *, at: datetime) -> list[Evidence]:
    """What this agency had accepted and was withdrawn so, for HR to see: of the last thirty days."""
    mine = Evidence.objects.within(agency).filter(
        rests_on__isnull=False, said=REASON, decided_at__gte=at - SHOWN_FOR, person__isnull=False
    )
    return list(mine.select_related("person").order_by("-decided_at", "-pk"))


def _left_behind() -> EvidenceQuerySet:
    """Evidence that still says what its source no longer does. A void of the source comes before any revocation."""
    entries = Entry.objects.everywhere(reason=WHY).order_by().values("target")
    voids = entries.filter(kind=Entry.Kind.VOID)
    ends = entries.filter(kind=Entry.Kind.REVOCATION).annotate(first=Min("effective_on"))
    rows = Evidence.objects.everywhere(reason=WHY).filter(rests_on__isnull=False)
    rows = rows.filter(state__in=[*Evidence.OPEN, Evidence.State.ACCEPTED]).annotate(
        source_ends=Subquery(ends.filter(target=OuterRef("rests_on")).values("first")),
        own_end=Subquery(ends.filter(target=OuterRef("entry")).values("first")),
    )
    is_voided = Q(rests_on__in=voids.values("target"))
    stands = ~Q(entry__in=voids.values("target")) | Q(entry__isnull=True)
    runs_on = Q(source_ends__isnull=False) & (Q(own_end__isnull=True) | Q(own_end__gt=F("source_ends")))
    return rows.filter(stands).filter(is_voided | runs_on)


@transaction.atomic
def _follow(pk: int, at: datetime) -> bool:
    """One of them, if it is still so once it is held."""
    row = _left_behind().select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    if row.entry is None:
        row.state = Evidence.State.DECLINED
    elif Entry.objects.everywhere(reason=WHY).filter(target=row.rests_on_id, kind=Entry.Kind.VOID).exists():
        void_completion(row.entry, reason=REASON, by=BY, at=at)
    else:
        revoke_completion(row.entry, effective_on=row.source_ends, reason=REASON, by=BY, at=at)
    row.said, row.decided_at, row.decided_by = REASON, at, str(BY)
    row.save(update_fields=["state", "said", "decided_at", "decided_by"])
    audit.record("accepted training withdrawn", by=BY, at=at, kind="evidence", uid=row.uid, agency_code=row.agency.code)
    if row.person is not None:
        tell(row.person, at)
    return True
