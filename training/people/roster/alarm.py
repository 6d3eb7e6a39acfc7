"""Why a file waits: more of the roster would end or change than usual, or it is about those who look after it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lately import ROLLING, Moved

MOST_MOVING = 0.10
FEWEST_FOR_APPROVAL = 5
NAMES = frozenset({"first_name", "last_name", "preferred_name"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """Words for the case that more of the roster ends or changes than usually would; '' where it does not.

    `needs_approval` says that a second person must look; otherwise whoever loads the file confirms the leavers.
    `is_weighty` says that they look because so much moves, and not for a role alone.
    """

    text: str = ""
    needs_approval: bool = False
    is_weighty: bool = False


NOT_MOVED = Moved()


def alarm_of(*, posts: int, leaving: int, changing: int, lately: Moved = NOT_MOVED) -> Alarm:
    """More than a tenth of the posts that run. Fewer than five posts are a small agency's ordinary day:
    there leavers alone are asked about, and whoever loads the file may confirm them.

    What files of the past week moved is added, and weighed against the roster as it was before them, if there was one.
    """
    if not leaving + changing:
        return Alarm()
    before = posts + lately.left - lately.new
    posts = before if before > 0 else posts
    leaving, changing = leaving + lately.left, changing + lately.changed
    most = posts * MOST_MOVING
    needs_approval = leaving + changing >= FEWEST_FOR_APPROVAL
    if leaving + changing <= most or not (needs_approval or leaving > most):
        return Alarm()
    too = f"with the files of the past {ROLLING.days} days " if lately.left or lately.changed else ""
    end = f"{leaving} of {posts} posts are not in the file and would end" if leaving else ""
    if leaving and too:
        end = f"{leaving} of {posts} posts would have ended"
    change = f"{changing} of {posts} posts would change" if changing and needs_approval else ""
    text = f"{too}{' and '.join(filter(None, (end, change)))}: more than {MOST_MOVING:.0%}."
    return Alarm(text[0].upper() + text[1:], needs_approval, is_weighty=needs_approval)


def with_roles_lost(alarm: Alarm, names: Sequence[str]) -> Alarm:
    """The same, where these people would lose what they may do here with their last post: always two people's business.

    Whoever looks after the roster could otherwise lock themselves out with one file, or a colleague.
    """
    if not names:
        return alarm
    text = f"{' and '.join(names)} would have no post here, or for less long, and lose the role for the agency with it."
    return replace(alarm, text=f"{alarm.text} {text}".strip(), needs_approval=True)


def with_names_taken(alarm: Alarm, names: Sequence[str]) -> Alarm:
    """The same, where these people with a role here would be called otherwise: always two people's business.

    Whoever looks after the roster could otherwise give themselves another's name, and have it on their certificates.
    """
    if not names:
        return alarm
    text = f"{' and '.join(names)}, with a role for the agency, would have another name."
    return replace(alarm, text=f"{alarm.text} {text}".strip(), needs_approval=True)


def with_lost_zeros(alarm: Alarm, count: int) -> Alarm:
    """The same, where references have lost the zeros that they begin with, as spreadsheets take them away."""
    if not count:
        return alarm
    some = "1 new reference is" if count == 1 else f"{count} new references are"
    text = f"{some} known here with zeros in front: a spreadsheet may have taken them away. Keep that column as text."
    return replace(alarm, text=f"{alarm.text} {text}".strip())
