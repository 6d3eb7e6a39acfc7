"""The doors of the Champions Network."""

from typing import Any

from tests.access.doors import OWN, PARTNERSHIP, Behind
from tests.access.doors import door_at as _door
from training.access.permissions import Permission as P

IF_CHAMPION = (200, 302, 404)
NOMINATE: dict[str, Any] = {"post": (302,), "body": "nominate"}
IN_NETWORK = "code=partnership person=person"

CHAMPIONS = (
    _door("champions", P.SEE_CHAMPIONS),
    _door("my-champion-page", P.SEE_CHAMPIONS),
    _door("champion-listing", P.SEE_CHAMPIONS, get=IF_CHAMPION, post=IF_CHAMPION, body="listing"),
    _door("hide-me", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION),
    _door("keep-away", P.SEE_CHAMPIONS, get=(), post=IF_CHAMPION, body="keep_away"),
    _door("let-back", P.SEE_CHAMPIONS, OWN, person="champion", fills="uid=block", get=(), post=(302,)),
    _door("champion-request", P.SEE_CHAMPIONS, Behind.REQUEST, fills="uid=request", post=(200, 302, 404), body="reply"),
    _door("delete-champion-request", P.SEE_CHAMPIONS, Behind.REQUEST, fills="uid=request", get=(), post=(302,)),
    _door("block-sender", P.SEE_CHAMPIONS, Behind.REQUEST_GOT, fills="uid=request", get=(), post=(302,)),
    _door("champions-network", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills="code=partnership"),
    _door("nominate-champion", P.COORDINATE_CHAMPIONS, PARTNERSHIP, fills="code=partnership", get=(), **NOMINATE),
    _door("network-champion", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, post=(200, 302), body="agreed"),
    _door("stand-down-champion", P.COORDINATE_CHAMPIONS, Behind.NETWORK, fills=IN_NETWORK, get=(), post=(302,)),
    _door("ask-champion", P.SEE_CHAMPIONS, Behind.CHAMPION, fills="champion=champion", post=(200, 302), body="ask"),
)
