"""The doors of what outsiders ask."""

from tests.access.doors import PARTNERSHIP
from tests.access.doors import door_at as _door
from training.access.permissions import Permission as P

CODE = "code=partnership"

INSPECTION = (
    _door("foi-pack", P.SEE_COVERAGE, PARTNERSHIP, fills=CODE),
    _door("foi-pack-ask", P.MANAGE_PATHWAY, PARTNERSHIP, fills=CODE, get=(), post=(302,)),
    _door("foi-pack-file", P.SEE_COVERAGE, PARTNERSHIP, fills=CODE),
)
