"""The doors of returns and head-counts."""

from tests.access.doors import AGENCY, ANY_METHOD, PARTNERSHIP
from tests.access.doors import door_at as _door
from training.access.permissions import Permission as P

MINE = "code=agency"
OPEN = "code=agency partnership=partnership quarter=open_quarter"
SIGNED = "code=agency partnership=partnership quarter=signed_quarter"
OURS = "code=partnership"
RETURNS = (
    _door("agency-returns", P.DECLARE, AGENCY, fills=MINE, post=ANY_METHOD),
    _door("agency-return", P.DECLARE, AGENCY, fills=OPEN, post=ANY_METHOD),
    _door("return-begin", P.DECLARE, AGENCY, fills=OPEN, get=(), post=(302,)),
    _door("return-hand-over", P.DECLARE, AGENCY, fills=OPEN, get=(), post=(302,)),
    _door("return-take-back", P.DECLARE, AGENCY, fills=OPEN, get=(), post=(302,)),
    _door("return-sign", P.DECLARE, AGENCY, fills=OPEN, get=(), post=(302,), body="sign"),
    _door("return-correct", P.DECLARE, AGENCY, fills=SIGNED, post=(302,), body="correction"),
    _door("return-line-new", P.DECLARE, AGENCY, fills=OPEN, post=(200,)),
    _door("return-line", P.DECLARE, AGENCY, fills=f"{OPEN} number=line", post=(200,)),
    _door("return-line-remove", P.DECLARE, AGENCY, fills=f"{OPEN} number=line", get=(), post=(302,)),
    _door("return-file", P.DECLARE, AGENCY, fills=OPEN, post=(302,), body="return_file"),
    _door("return-template", P.DECLARE, AGENCY, fills=OPEN, post=ANY_METHOD),
    _door("head-counts", P.DECLARE, AGENCY, fills=MINE, post=(302,), body="head_count"),
    _door("head-counts-file", P.DECLARE, AGENCY, fills=MINE, post=(200,)),
    _door("head-counts-template", P.DECLARE, AGENCY, fills=MINE, post=ANY_METHOD),
    _door("partnership-returns", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OURS, post=ANY_METHOD),
    _door("return-terms", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OURS, post=(302,), body="return_terms"),
    _door("quarter-close", P.MANAGE_PATHWAY, PARTNERSHIP, fills=f"{OURS} quarter=open_quarter", get=(), post=(302,)),
    _door(
        "return-send-back",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills=f"{OURS} quarter=signed_quarter agency=agency",
        post=(302,),
        body="send_back",
    ),
    _door("board-declared", P.SEE_COVERAGE, PARTNERSHIP, fills=OURS, post=ANY_METHOD),
    _door("declared-file", P.SEE_COVERAGE, PARTNERSHIP, fills=f"{OURS} quarter=signed_quarter", post=ANY_METHOD),
    _door(
        "declared-agency",
        P.SEE_COVERAGE,
        PARTNERSHIP,
        fills=f"{OURS} quarter=signed_quarter agency=agency",
        post=ANY_METHOD,
    ),
)
