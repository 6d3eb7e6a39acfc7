"""The doors of what outsiders ask."""

from tests.access.doors import AGENCY, PARTNERSHIP
from tests.access.doors import door_at as _door
from training.access.permissions import Permission as P

CODE = "code=partnership"
SAMPLE = f"{CODE} uid=sample"

INSPECTION = (
    _door("foi-pack", P.SEE_COVERAGE, PARTNERSHIP, fills=CODE),
    _door("foi-pack-ask", P.MANAGE_PATHWAY, PARTNERSHIP, fills=CODE, get=(), post=(302,)),
    _door("foi-pack-file", P.SEE_COVERAGE, PARTNERSHIP, fills=CODE),
    _door("audit", P.INSPECT, PARTNERSHIP, fills=CODE),
    _door("audit-rules", P.INSPECT, PARTNERSHIP, fills=CODE),
    _door("audit-files", P.INSPECT, PARTNERSHIP, fills=CODE),
    _door("audit-changes", P.INSPECT, PARTNERSHIP, fills=CODE),
    _door("audit-samples", P.INSPECT, PARTNERSHIP, fills=CODE, post=(302,), body="sample"),
    _door("audit-sample", P.INSPECT, PARTNERSHIP, fills=SAMPLE),
    _door("audit-trace", P.INSPECT, PARTNERSHIP, fills=f"{SAMPLE} number=number"),
    _door("audit-sample-file", P.INSPECT, PARTNERSHIP, fills=f"{SAMPLE} kind=file_kind"),
    _door("audits", P.MANAGE_PATHWAY, PARTNERSHIP, fills=CODE),
    _door("agency-audits", P.SEE_STAFF, AGENCY, fills="code=agency"),
)
