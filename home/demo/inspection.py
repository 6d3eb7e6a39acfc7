"""What outsiders have asked of Severnshire: a freedom-of-information pack that is ready."""

from datetime import datetime

from training.access.actor import Actor
from training.inspection.services import foi
from training.people.models import Partnership


def build_inspection(partnership: Partnership, *, by: Actor, at: datetime) -> None:
    """Ask for it, and make it."""
    pack = foi.ask_for_pack(partnership=partnership, by=by, at=at)
    foi.make(pack, by, at)
    type(pack).objects.filter(pk=pack.pk).update(work="", work_by="")
