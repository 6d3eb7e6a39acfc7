"""When a file was applied or undone: no two of an agency's share a moment, so that there is always a last one."""

from datetime import datetime, timedelta

from django.db.models import Max

from training.people.models import Agency, RosterImport

SMALLEST = timedelta(microseconds=1)


def moment_after_all(agency: Agency, at: datetime) -> datetime:
    """`at`, or just after the agency's last file was applied or undone. Ask while the agency is held.

    The worker does all its files at the moment of one tick, and one server's clock may be behind another's.
    """
    files = RosterImport.objects.filter(agency=agency)
    last = files.aggregate(staged=Max("staged_at"), applied=Max("applied_at"), undone=Max("undone_at"))
    done = [moment + SMALLEST for moment in (last["applied"], last["undone"]) if moment is not None]
    return max([at, last["staged"], *done])
