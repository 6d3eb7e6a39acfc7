"""What the worker does for this room, every so often."""

from datetime import datetime

from django.core.management import call_command
from wagtail.models import Page, Revision

from courses.keeping.notes import forget_leavers_notes_daily
from courses.packages.keep import forget_states, sweep_folders
from courses.services.figures import count_courses


def publish_due(*, at: datetime) -> bool:
    """Publish and take down what is due, as `manage.py publish_scheduled` does; whether there was anything."""
    ends = Page.objects.filter(live=True, expire_at__lte=at)
    if not (Revision.objects.filter(approved_go_live_at__lte=at).exists() or ends.exists()):
        return False
    call_command("publish_scheduled")
    return True


TICKS = (forget_states, forget_leavers_notes_daily, sweep_folders, publish_due, count_courses)
"""What a package said is kept for thirty days after its run has ended, a folder without a package for a day; pages come
out on the day set for them; once a week courses are counted for their authors."""
