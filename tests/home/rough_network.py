"""Champions of every sort: lives in any order, duties that end, check-ins, meetings, changing conditions."""

import random
from datetime import datetime, time, timedelta

from champions.models import Attendance, Champion, ChampionTurn, CheckIn, Meeting, NetworkConditions
from tests.factories import AgencyFactory, DesignationFactory, DutyFactory, MembershipFactory, TermFactory, completion
from tests.home.rough_world import AT, BY, ON
from tests.ledger.crowd import ask
from training.access.clock import LONDON
from training.pathways.models import Module
from training.people.models import Post

LIVES = [
    [("nominated", "own"), ("agreed", "site")],
    [("nominated", "manager"), ("agreed", "site")],
    [("nominated", "coordinator"), ("agreed", "link"), ("accepted", "own")],
    [("agreed", "")],
    [("agreed", ""), ("accepted", "own")],
    [("nominated", ""), ("agreed", "link"), ("stood_down", ""), ("taken_back", "")],
    [("nominated", "own"), ("agreed", "site"), ("stood_down", ""), ("taken_back", "coordinator")],
    [("nominated", "own"), ("declined", ""), ("agreed", "")],
    [("nominated", "own"), ("withdrawn", "own"), ("agreed", "")],
    [("nominated", ""), ("agreed", "site"), ("stood_down", ""), ("nominated", "own"), ("agreed", "site")],
    [("nominated", "own")],
    [],
]
ALWAYS = {"recorded_at": AT - timedelta(days=900), "recorded_by": str(BY)}


def make_network(world) -> None:
    """Forty-eight who are or were something in the network, and two who vouch for themselves at home."""
    dice = random.Random(5)
    champion = DesignationFactory(code="CHAMPION")
    trained = ask("DA-H1", designation=champion, validity_months=24).module
    ask("DA-H2", designation=champion, kind="attendance", attendance_count=1, attendance_months=12, induction_days=400)
    _conditions(world)
    meetings = _meetings(world)
    posts = list(Post.objects.everywhere(reason="test").filter(duties=None).order_by("pk"))
    for number, post in enumerate(dice.sample(posts, 48)):
        row = _life(world, post, LIVES[number % len(LIVES)], dice)
        on = ON - timedelta(days=dice.choice((500, 800, 300)))
        ends_on = on + timedelta(days=dice.choice((100, 400))) if dice.random() < 0.2 else None
        DutyFactory(post=post, designation=champion, starts_on=on, ends_on=ends_on)
        if dice.random() < 0.8:
            completion(post.employment.person, trained, on=ON - timedelta(days=dice.choice((60, 600, 800))))
        if dice.random() < 0.7:
            on = ON - timedelta(days=dice.choice((20, 200, 380)))
            completion(post.employment.person, Module.objects.get(code="DA-H2"), on=on)
        for side in ("own", "manager"):
            for days in dice.sample((20, 150, 400), dice.randint(0, 2)):
                checked_on = ON - timedelta(days=days)
                CheckIn.objects.everywhere(reason="test").get_or_create(
                    champion=row, side=side, checked_on=checked_on, defaults={"words_version": 1, **ALWAYS}
                )
        for meeting in dice.sample(meetings, 3):
            voided_at = AT if dice.random() < 0.1 else None
            Attendance.objects.everywhere(reason="test").get_or_create(
                champion=row, meeting=meeting, kind="came", defaults={"voided_at": voided_at, **ALWAYS}
            )
    _community(world)


def _life(world, post, turns, dice) -> Champion:
    row, is_new = Champion.objects.everywhere(reason="test").get_or_create(
        person=post.employment.person,
        partnership=world.partnership,
        defaults={"recorded_at": ALWAYS["recorded_at"]},
    )
    if not is_new:  # at another post of theirs
        return row
    on = ON - timedelta(days=dice.choice((30, 390, 700)))
    for number, (turn, way) in enumerate(turns):
        at = ALWAYS["recorded_at"] + timedelta(minutes=number)
        ChampionTurn.objects.everywhere(reason="test").create(
            champion=row, turn=turn, way=way, happened_on=on, recorded_at=at, recorded_by=str(BY)
        )
        on += timedelta(days=dice.choice((0, 9, 40)))
    return row


def _conditions(world) -> None:
    """Nothing at first; then meetings; then meetings and check-ins."""
    for days, needed, of, months in ((600, 0, 0, 0), (400, 1, 3, 0), (250, 1, 2, 9)):
        NetworkConditions.objects.create(
            partnership=world.partnership,
            starts_on=ON - timedelta(days=days),
            meetings_needed=needed,
            meetings_of=of,
            check_in_months=months,
            **ALWAYS,
        )


def _meetings(world) -> list[Meeting]:
    """One in two for Northdale alone; the last was called off."""
    found = []
    for number in range(8):
        held_on = ON - timedelta(days=20 + 45 * number)
        starts_at = datetime.combine(held_on, time(14), LONDON)
        meeting = Meeting.objects.create(
            partnership=world.partnership,
            title="A meeting",
            held_on=held_on,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            agenda="News",
            minutes=60,
            cancelled_at=AT if number == 0 else None,
            **ALWAYS,
        )
        if number % 2:
            meeting.localities.add(world.north)
        found.append(meeting)
    return found


def _community(world) -> None:
    """Two on the coordinator's own roster, one of them vouched for."""
    home = AgencyFactory(code="HOME", kind="community")
    MembershipFactory(partnership=world.partnership, agency=home)
    for turns in (LIVES[0], LIVES[3]):
        post = TermFactory(post__employment__agency=home, role_group=None).post
        DutyFactory(post=post, designation__code="COMMUNITY_CHAMPION", starts_on=ON - timedelta(days=400))
        row = _life(world, post, turns, random.Random(1))
        for side in ("own", "manager"):
            CheckIn.objects.everywhere(reason="test").create(
                champion=row, side=side, checked_on=ON - timedelta(days=50), words_version=1, **ALWAYS
            )
