"""How long the rows of completion files, and the files that learners hand in, are kept."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from .models import CompletionImport, CompletionRow

KEPT = timedelta(days=30)


def is_forgotten(completion_import: CompletionImport, *, at: datetime) -> bool:
    """Whether its rows are kept no longer: thirty days after it was applied, or staged where it never was."""
    return (completion_import.applied_at or completion_import.staged_at) < at - KEPT


def forget_rows(*, at: datetime) -> int:
    """Delete the rows of files that are that old; how many. The imports stay, with their counts."""
    old = CompletionImport.objects.alias(kept_from=Coalesce(F("applied_at"), F("staged_at"))).filter(
        kept_from__lt=at - KEPT
    )
    rows = CompletionRow.objects.everywhere(reason="retention").filter(
        completion_import__in=old.order_by().values("pk")
    )
    return rows.delete()[0]
