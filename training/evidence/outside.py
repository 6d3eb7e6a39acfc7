"""Who is alone in an agency's HR has nobody there to decide about their own training: the coordinator may, if asked.

Names and files stay inside an agency unless the person wishes otherwise, so nothing goes out without their press.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, Partnership, User
from training.people.roster.approve import keepers

from .errors import EvidenceError
from .models import Evidence
from .register import members


def is_alone(agency: Agency, user_id: int | None, *, on: date) -> bool:
    """Whether this login alone has the HR role at the agency."""
    return [user.pk for user in keepers(agency, on=on)] == [user_id]


@transaction.atomic
def ask_outside(evidence: Evidence, *, user_id: int | None, by: Actor, on: date, at: datetime) -> None:
    """Let the partnership's coordinator decide about one's own. Raises EvidenceError where a colleague can."""
    if not is_alone(evidence.agency, user_id, on=on):
        raise EvidenceError("A colleague in your HR team can decide about it.")
    open_ones = Evidence.objects.within(evidence.agency).waiting().filter(pk=evidence.pk)
    if open_ones.update(asked_outside_at=at):
        code = evidence.agency.code
        audit.record("evidence asked outside", by=by, at=at, kind="evidence", uid=evidence.uid, agency_code=code)


def waiting_outside(partnership: Partnership, own: Iterable[int], *, on: date) -> list[Evidence]:
    """What the coordinator of a partnership was asked to decide and still may, the oldest first. `own` are theirs."""
    asked = Evidence.objects.everywhere(reason="asked to by the person, who is alone in HR").waiting()
    asked = asked.filter(asked_outside_at__isnull=False, agency__in=members(partnership, on)).exclude(person__in=own)
    rows = asked.select_related("agency", "person", "module").order_by("recorded_at", "pk")
    return [each for each in rows if each.person and is_alone(each.agency, _login(each), on=on)]


def _login(evidence: Evidence) -> int | None:
    found = User.objects.filter(person=evidence.person).values_list("pk", flat=True)
    return found.first()
