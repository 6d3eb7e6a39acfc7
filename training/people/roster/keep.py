"""How long the rows of a roster file are kept: long enough to look at them and to take them back, and no longer."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from training.people.models import Agency, RosterImport, RosterRow, RosterSheet
from training.people.models.roster import CHANGING, ImportState

KEPT = timedelta(days=30)
KEPT_UNANSWERED = timedelta(days=1)  # it still holds columns that nobody has said anything about


def is_forgotten(roster_import: RosterImport, *, at: datetime) -> bool:
    """Whether its rows are kept no longer: thirty days after it was applied, or staged where it never was.

    A file whose questions nobody answers is kept for a day.
    """
    if roster_import.state == ImportState.ASKING:
        return roster_import.staged_at < at - KEPT_UNANSWERED
    return (roster_import.applied_at or roster_import.staged_at) < at - KEPT


def waiting_to_be_applied(agency: Agency, *, at: datetime) -> QuerySet[RosterImport]:
    """Files of the agency that would change something and can still be applied."""
    change = Q(*((f"counts__{kind}__gt", 0) for kind in CHANGING), _connector=Q.OR)
    return RosterImport.objects.filter(change, agency=agency, state=ImportState.STAGED, staged_at__gte=at - KEPT)


def forget_rows(*, at: datetime) -> int:
    """Delete the rows of files that are that old; how many. The imports stay, with their counts."""
    unanswered = RosterImport.objects.filter(state=ImportState.ASKING, staged_at__lt=at - KEPT_UNANSWERED)
    sheets = RosterSheet.objects.everywhere(reason="retention")
    sheets.filter(roster_import__in=unanswered.order_by().values("pk")).delete()
    old = RosterImport.objects.alias(kept_from=Coalesce(F("applied_at"), F("staged_at"))).filter(
        kept_from__lt=at - KEPT
    )
    rows = RosterRow.objects.everywhere(reason="retention").filter(roster_import__in=old.order_by().values("pk"))
    sheets.filter(roster_import__in=old.order_by().values("pk")).delete()
    return rows.delete()[0]
