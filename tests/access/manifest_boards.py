"""The doors of the board packs."""

from tests.access.doors import PARTNERSHIP
from tests.access.doors import door_at as _door
from training.access.gates import PUBLIC
from training.access.permissions import Permission as P

FROZEN, OPEN = "code=partnership uid=board_pack", "code=partnership uid=board_draft"
RESTATED = f"{FROZEN} number=restated"

BOARD_PACKS = (
    _door("board-packs", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership"),
    _door("board-pack-new", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=(302,), body="board_pack"),
    _door("board-pack", P.SEE_COVERAGE, PARTNERSHIP, fills=FROZEN),
    _door("board-pack-step", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OPEN, get=(), post=(302,), body="board_step"),
    _door("board-decisions", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OPEN, post=(302,), body="board_decisions"),
    _door("board-meeting", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OPEN, post=(302,), body="board_meeting"),
    _door("board-ask", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OPEN, post=(302,), body="board_ask"),
    # 404 for those of the board who were not asked for these words
    _door(
        "board-narrative",
        P.SEE_COVERAGE,
        PARTNERSHIP,
        fills=f"{OPEN} number=board_words",
        get=(200, 404),
        post=(302, 404),
        body="board_words",
    ),
    _door("board-pack-file", P.SEE_COVERAGE, PARTNERSHIP, fills=f"{FROZEN} kind=file_kind"),
    _door("board-restatement", P.SEE_COVERAGE, PARTNERSHIP, fills=RESTATED),
    _door("board-restatement-file", P.SEE_COVERAGE, PARTNERSHIP, fills=RESTATED),
    _door("board-summary-preview", P.MANAGE_PATHWAY, PARTNERSHIP, fills=FROZEN),
    _door("board-summary", PUBLIC, fills="uid=board_pack"),
    _door("board-summary-file", PUBLIC, fills="uid=board_pack kind=summary_kind"),
)
