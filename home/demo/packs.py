"""Severnshire's board packs: one frozen for today's meeting, one that is being written for the next."""

from datetime import date, datetime, timedelta

from training.access.actor import Actor
from training.access.clock import london_date
from training.boards.contents import digest_of
from training.boards.models import BoardPack, Narrative
from training.boards.selectors.packs import offered_days, offered_strategies
from training.boards.services import freezing, narratives, packs
from training.people.models import Partnership, User

COL = "col.ferris@severnshire-board.example"
SUMMARY = """More staff are in date in all that their role requires than a year ago, and most are still not.

Agencies lie far apart: those that began first go on, and those that began late have yet to, for want of half-days \
away from the office.

One agency sent no roster. It is named, and left out of every figure that rests on rosters."""
PUBLIC = """More people who work in Severnshire are in date in what their role requires than a year ago. We are not \
yet where we promised to be, and say so below."""
WORDS = {
    "P1": """Awareness reaches starters late: the course is open on their first day, and few are given the time in \
their first month. From January it stands in every agency's induction list.""",
    "P2": """Refreshers fall due faster than places can be found, so staff who began in time are overdue now. Each \
agency's lead has the names and will bring a plan.""",
    "P3": """Information sharing and MARAC are asked of few, and are taught by a guest twice a year. A third date is \
being looked for.""",
    "P4": """Work with those who harm is new to most staff, and is learned last. Managers ask for it first, and have \
been offered two mornings in spring.""",
}
"""What the coordinator says of each priority, by its reference."""
DECISIONS = [
    "Ask agencies that began late for a plan by the next meeting",
    "Agree that starters are given half a day in their first month",
    "Note that Severnshire Probation has not reported",
]


def build_packs(partnership: Partnership, *, by: Actor, at: datetime) -> int:
    """Both, counted; how many."""
    today = london_date(at)
    quarter, *others = offered_days(today)
    frozen = _open(partnership, quarter, meeting=0, by=by, at=at)
    accounts = [(ref, "", text) for ref, text in WORDS.items()]
    for about, title, text in (("summary", "", SUMMARY), *accounts, ("public", "What the public is told", PUBLIC)):
        box, _ = Narrative.objects.get_or_create(
            pack=frozen, about=about, defaults={"title": title, "due_on": frozen.meeting_on}
        )
        narratives.write(narrative=box, text=text, turn=0, role="Partnership coordinator", by=by, at=at)
    packs.set_decisions(pack=frozen, decisions=DECISIONS, seen=[], by=by, at=at)
    packs.send_to_review(pack=frozen, by=by, at=at)
    packs.wish_frozen(pack=frozen, seen=digest_of(frozen.figures), even_without=True, by=by, at=at)
    freezing.freeze(frozen, by=by, at=at)
    packs.publish(pack=frozen, is_public=True, by=by, at=at)
    draft = _open(partnership, others[0], meeting=28, by=by, at=at)
    box, *_ = draft.narratives.all()
    col, due_on = User.objects.get(email=COL), today + timedelta(days=14)
    narratives.ask_for_words(pack=draft, about=box.about, title=box.title, owner=col, due_on=due_on, by=by, at=at)
    return BoardPack.objects.count()


def _open(partnership: Partnership, as_at: date, *, meeting: int, by: Actor, at: datetime) -> BoardPack:
    meeting_on = london_date(at) + timedelta(days=meeting)
    strategy = offered_strategies(partnership)[0]
    pack = packs.open_pack(partnership=partnership, strategy=strategy, meeting_on=meeting_on, as_at=as_at, by=by, at=at)
    freezing.work_on_packs(at=at)
    pack.refresh_from_db()
    return pack
