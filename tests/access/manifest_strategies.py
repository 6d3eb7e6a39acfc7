"""The doors of a partnership's strategies, for those who keep them."""

from tests.access.doors import PARTNERSHIP
from tests.access.doors import door_at as _door
from training.access.permissions import Permission as P

OURS, ONE = "code=partnership", "code=partnership pack_id=own_strategy"
KEEP = (P.MANAGE_PATHWAY, PARTNERSHIP)

STRATEGIES = (
    _door("board-strategies", *KEEP, fills=OURS),
    _door("board-strategy-guide", *KEEP, fills=OURS),
    _door("board-strategy-start", *KEEP, fills="code=partnership name=strategy"),
    _door("board-strategy-upload", *KEEP, fills=OURS, post=(400,)),
    _door("board-strategy", *KEEP, fills=ONE),
    _door("board-strategy-file", *KEEP, fills=ONE),
    _door("board-strategy-before", *KEEP, fills=f"{ONE} number=former_strategy"),
    _door("board-strategy-remove", *KEEP, fills=ONE, get=(), post=(302,)),
    _door("board-strategy-about", *KEEP, fills=ONE, post=(302,), body="strategy_about"),
    _door("board-strategy-outcome", *KEEP, fills=f"{ONE} ref=outcome", post=(302,), body="strategy_outcome"),
    _door("board-strategy-links", *KEEP, fills=f"{ONE} ref=outcome", post=(302,), body="strategy_links"),
    _door("board-strategy-target", *KEEP, fills=f"{ONE} indicator=indicator", post=(302,), body="strategy_target"),
    _door("board-strategy-agency", *KEEP, fills=f"{ONE} number=first", post=(302,), body="strategy_agency"),
)
