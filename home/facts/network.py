"""Champions: what was agreed and when, check-ins, meetings, and what their network asks. No name, no card, no words."""

from collections.abc import Iterator

from champions.models import Attendance, Champion, ChampionTurn, CheckIn, Meeting, NetworkConditions

from .rosters import WHY
from .table import Asked, Column, Row, Table, streamed


def _champions(asked: Asked) -> Iterator[Row]:
    rows = Champion.objects.everywhere(reason=WHY).filter(partnership=asked.partnership, recorded_at__lte=asked.moment)
    return streamed(rows, "pk", "person_id")


def _turns(asked: Asked) -> Iterator[Row]:
    rows = ChampionTurn.objects.everywhere(reason=WHY).filter(
        champion__partnership=asked.partnership, recorded_at__lte=asked.moment
    )
    return streamed(rows.order_by("recorded_at", "pk"), "champion_id", "turn", "happened_on", "way")


def _check_ins(asked: Asked) -> Iterator[Row]:
    rows = CheckIn.objects.everywhere(reason=WHY).filter(
        champion__partnership=asked.partnership, recorded_at__lte=asked.moment
    )
    return streamed(rows.order_by("checked_on", "pk"), "champion_id", "side", "checked_on")


def _meetings(asked: Asked) -> Iterator[Row]:
    rows = Meeting.objects.filter(partnership=asked.partnership, cancelled_at__isnull=True)
    places: dict[int, list[str]] = {}
    for meeting, code in rows.filter(localities__isnull=False).values_list("pk", "localities__code").order_by("pk"):
        places.setdefault(meeting, []).append(code)
    for pk, held_on in streamed(rows.order_by("starts_at", "pk"), "pk", "held_on"):
        yield pk, held_on, sorted(places.get(pk, []))


def _came(asked: Asked) -> Iterator[Row]:
    rows = Attendance.objects.everywhere(reason=WHY).standing().filter(kind=Attendance.Kind.CAME)
    ours = rows.filter(champion__partnership=asked.partnership, recorded_at__lte=asked.moment)
    return streamed(ours, "meeting_id", "champion_id")


def _conditions(asked: Asked) -> Iterator[Row]:
    rows = asked.known(NetworkConditions.objects.filter(partnership=asked.partnership)).order_by("starts_on", "pk")
    return streamed(rows, "starts_on", "meetings_needed", "meetings_of", "check_in_months")


CHAMPION = Column("champion", "champion", "The champion")
MEETING = Column("meeting", "meeting", "The meeting")

TABLES = (
    Table(
        "champions",
        "A person's place in the network.",
        (CHAMPION, Column("person", "person", "The record they have there: `holder` of their post")),
        _champions,
    ),
    Table(
        "champion_turns",
        "What happened in their life as a champion, in the order in which it was recorded.",
        (
            CHAMPION,
            Column(
                "turn",
                "code",
                "nominated, accepted, agreed (the manager), declined, withdrawn, stood_down, taken_back",
            ),
            Column("happened_on", "day", "When"),
            Column("way", "code", "Put forward by own, manager, coordinator; agreed by site, link, vouched"),
        ),
        _turns,
    ),
    Table(
        "champion_check_ins",
        "That it goes on, said once more.",
        (
            CHAMPION,
            Column("side", "code", "own or manager"),
            Column("checked_on", "day", "When"),
        ),
        _check_ins,
    ),
    Table(
        "meetings",
        "Meetings of the network that were not cancelled, in order.",
        (
            MEETING,
            Column("held_on", "day", "When"),
            Column("localities", "codes", "For the champions of these districts; empty: for all"),
        ),
        _meetings,
    ),
    Table("meetings_come_to", "Who came.", (MEETING, CHAMPION), _came),
    Table(
        "network_conditions",
        "What is asked of champions, each until the next; 0: not asked.",
        (
            Column("starts_on", "day", "From when"),
            Column("meetings_needed", "number", "To come to so many"),
            Column("meetings_of", "number", "of the last so many meetings"),
            Column("check_in_months", "number", "A check-in of both sides every so many months"),
        ),
        _conditions,
    ),
)
