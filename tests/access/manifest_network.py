"""The doors of the Champions Network."""

from typing import Any

from tests.access.doors import OWN, PARTNERSHIP, Behind
from tests.access.doors import door_at as _door
from training.access.gates import PUBLIC
from training.access.permissions import Permission as P

IF_CHAMPION = (200, 302, 404)
NOMINATE: dict[str, Any] = {"post": (302,), "body": "nominate"}
IN_NETWORK = "code=partnership person=person"

NETWORK = "code=partnership"
ONE = "code=partnership uid=meeting"
MEETINGS = (
    _door("meetings", P.SEE_CHAMPIONS, get=IF_CHAMPION),
    _door("meeting", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=meeting_ahead", post=(302,), body="coming"),
    _door("meeting-calendar", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=meeting"),
    _door("my-hours", P.SEE_CHAMPIONS),
    _door("my-hours-file", P.SEE_CHAMPIONS),
    _door("enter-code", P.SEE_CHAMPIONS, post=(200,), body="room_code"),
    _door("meeting-guest", PUBLIC, fills="token=guest_token", post=(302,), body="guest_answer"),
    _door("network-meetings", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("plan-meeting", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door("network-meeting", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE),
    _door("change-meeting", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE, post=(200,)),
    _door("cancel-meeting", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE, get=(), post=(302,)),
    _door("meeting-screen", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE),
    _door("change-meeting-code", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE, get=(), post=(302,)),
    _door("note-attendance", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE, get=(), post=(302,)),
    _door(
        "take-back-attendance",
        P.COORDINATE_CHAMPIONS,
        PARTNERSHIP,
        fills=f"{ONE} attendance=attendance",
        get=(),
        post=(302,),
    ),
    _door("invite-guest", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=ONE, get=(), post=(302,), body="keep_away"),
    _door(
        "withdraw-guest",
        P.COORDINATE_CHAMPIONS,
        PARTNERSHIP,
        fills="code=partnership uid=meeting_ahead guest=guest",
        get=(),
        post=(302,),
    ),
)
PLACES = frozenset({"team", "workplace"})
BRIEFINGS = (
    _door("briefing-packs", P.SEE_CHAMPIONS, Behind.AREA),
    _door("briefing-pack", P.SEE_CHAMPIONS, Behind.AREA, fills="slug=pack"),
    _door("briefing-handout", P.SEE_CHAMPIONS, Behind.AREA, fills="slug=pack"),
    _door("briefings", P.SEE_CHAMPIONS, get=IF_CHAMPION),
    _door("log-briefing", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION, lists=PLACES),
    _door("briefing", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=briefing"),
    _door(
        "change-briefing",
        P.SEE_CHAMPIONS,
        OWN,
        person="champion",
        fills="uid=briefing",
        post=(200,),
        lists=PLACES,
    ),
    _door("strike-briefing", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=briefing", get=(), post=(302,)),
    _door("feedback-card", PUBLIC, post=(200,), body="card"),
    _door("network-reach", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("agency-briefings", P.SEE_STAFF, Behind.AGENCY, fills="code=agency"),
    _door("area-file", P.SEE_CHAMPIONS, Behind.AREA, fills="pk=area_file"),
)
# Pages of one's own life lead back where there is nothing to do; what would change the planted world is posted in vain
LIFE = (
    _door("put-myself-forward", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION),
    _door("answer-nomination", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION),
    _door("ask-my-manager", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION),
    _door("withdraw-question", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION),
    _door("champion-check-in", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION),
    _door("stand-myself-down", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=(200, 404), body="no_such_reason"),
    _door("champion-team", P.SEE_TEAM),
    _door("put-team-forward", P.SEE_TEAM, get=(), post=(200,)),
    _door("manager-question", P.SEE_TEAM, OWN, person="manager", fills="uid=question", post=(200,)),
    _door("manager-check-in", P.SEE_TEAM, fills="champion=champion", get=(404,), post=(404,)),
    _door(
        "manager-link",
        PUBLIC,
        fills="token=link",
        person="champion",
        get=(200, 404),  # not for the one it is about: nobody agrees for themselves
        post=(200, 404),
        shows=frozenset({"preferred", "first"}),
    ),
    _door("network-terms", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door("network-neighbours", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door("network-looks", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("network-conditions", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door("community-champion", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door(
        "network-question",
        P.COORDINATE_CHAMPIONS,
        PARTNERSHIP,
        fills="code=partnership uid=question",
        get=(),
        post=(302,),
        body="confirm",
    ),
    _door(
        "close-handover",
        P.COORDINATE_CHAMPIONS,
        PARTNERSHIP,
        fills="code=partnership uid=handover",
        get=(),
        post=(302,),
        body="waiting",
    ),
    _door("forget-champion", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, get=(), post=(404,)),
    _door("network-ask-manager", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, get=(), post=(302,)),
)
PLACES = (
    _door("network-coverage", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("network-aims", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(302,)),
    _door("network-districts-file", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("network-workplaces-file", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
)
IN_ENQUIRIES = "code=partnership uid=enquiry"
IN_BOARD = "code=partnership uid=contribution"
SHELVES = (
    _door("group-message", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=addressed"),
    _door("network-group-messages", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door("newsletters", P.SEE_CHAMPIONS, get=IF_CHAMPION),
    _door("newsletter", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=newsletter"),
    _door("want-newsletters", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION),
    _door("stop-newsletters", PUBLIC, fills="token=stop_token", post=(200,)),
    _door("network-newsletters", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(302,)),
    _door(
        "network-newsletter", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills="code=partnership uid=newsletter", post=(200,)
    ),
    _door("resources", P.SEE_CHAMPIONS, Behind.AREA),
    _door("resource", P.SEE_CHAMPIONS, Behind.AREA, fills="slug=resource"),
    _door("noticeboard", P.SEE_CHAMPIONS, get=IF_CHAMPION),
    _door("noticeboard-thread", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=thread", post=(200,)),
    # It can be changed for a quarter of an hour, and then leads back
    _door(
        "change-contribution",
        P.SEE_CHAMPIONS,
        OWN,
        person="champion",
        fills="uid=contribution",
        get=(200, 302),
        post=(200, 302),
    ),
    _door(
        "delete-contribution", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=contribution", get=(), post=(302,)
    ),
    _door("raise-concern", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=contribution_judged", get=(), post=(302, 404)),
    _door("network-noticeboard", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK, post=(200,)),
    _door(
        "close-thread", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills="code=partnership uid=thread", get=(), post=(302,)
    ),
    _door("judge-contribution", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=IN_BOARD, get=(), post=(302,)),
    _door("ask-network", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION),
    _door("enquiry", P.SEE_CHAMPIONS, OWN, person="learner", fills="uid=enquiry"),
    _door("take-back-enquiry", P.SEE_CHAMPIONS, OWN, person="learner", fills="uid=enquiry", get=(), post=(302,)),
    _door("enquiries", P.SEE_CHAMPIONS, get=IF_CHAMPION),
    _door("answer-enquiry", P.SEE_CHAMPIONS, Behind.MEETING, fills="uid=enquiry", post=(200,)),
    _door("network-enquiries", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK),
    _door("network-enquiry", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=IN_ENQUIRIES, post=(200,)),
    _door("ask-specialist", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=IN_ENQUIRIES, post=(200,)),
    _door("take-back-from-specialist", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=IN_ENQUIRIES, get=(), post=(302,)),
    _door("specialist-link", PUBLIC, fills="token=specialist_token", post=(200,), body="news"),
    _door(
        "withdraw-answer",
        P.COORDINATE_CHAMPIONS,
        PARTNERSHIP,
        fills="code=partnership uid=kept_answer",
        get=(),
        post=(302,),
    ),
)
CHAMPIONS = (
    *SHELVES,
    *PLACES,
    *MEETINGS,
    *LIFE,
    _door("champions", P.SEE_CHAMPIONS, post=(200,), body="find"),
    *BRIEFINGS,
    _door("my-champion-page", P.SEE_CHAMPIONS),
    _door("champion-listing", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION, body="listing"),
    _door("hide-me", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION),
    _door("rest", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION),
    _door("keep-away", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION, body="keep_away"),
    _door("let-back", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=block", get=(), post=(302,)),
    _door("champion-request", P.SEE_CHAMPIONS, Behind.REQUEST, fills="uid=request", post=(200, 302, 404), body="reply"),
    _door("delete-champion-request", P.SEE_CHAMPIONS, Behind.REQUEST, fills="uid=request", get=(), post=(302,)),
    _door("ask-next", P.SEE_CHAMPIONS, Behind.REQUEST, fills="uid=request", get=(302, 404)),
    _door("block-sender", P.SEE_CHAMPIONS, Behind.REQUEST_GOT, fills="uid=request", get=(), post=(302,)),
    *(
        _door(name, P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills=NETWORK)
        for name in (
            "champions-network",
            "network-people",
            "network-asked",
            "network-handovers",
            "network-report",
            "network-report-file",
            "network-report-paper",
        )
    ),
    _door("nominate-champion", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills="code=partnership", get=(), **NOMINATE),
    _door("network-champion", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, post=(200, 302), body="agreed"),
    _door("stand-down-champion", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, get=(), post=(302,)),
    _door("take-back-standing-down", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, get=(), post=(302,)),
    _door("ask-champion", P.SEE_CHAMPIONS, Behind.CHAMPION, fills="champion=champion", post=(200, 302), body="ask"),
)
