"""What outsiders have asked of Severnshire: a freedom-of-information pack that is ready, and a sample that is drawn."""

from datetime import datetime

from training.access.actor import Actor
from training.access.clock import london_date
from training.inspection.models import FoiPack
from training.inspection.services import foi
from training.inspection.services.samples import draw_sample
from training.people.models import Partnership, User
from training.strategy.periods import quarter_ends

ADA = "ada.finch@severnshire-audit.example"


def build_inspection(partnership: Partnership, *, by: Actor, at: datetime) -> None:
    """Ask for the pack and make it; draw the sample as the auditor does."""
    pack = foi.ask_for_pack(partnership=partnership, by=by, at=at)
    foi.make(pack, by, at)
    FoiPack.objects.filter(pk=pack.pk).update(work="", work_by="")
    ada = Actor("user", str(User.objects.get(email=ADA).uid))
    draw_sample(partnership=partnership, seed="severnshire-1", as_at=quarter_ends(london_date(at))[0], by=ada, at=at)
