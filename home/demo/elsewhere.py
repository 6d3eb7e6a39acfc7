"""Training that Severnshire's people did elsewhere: something for HR and the partnership to decide on.

Nothing of it is decided, so that no figure of the demo hangs on it.
"""

import csv
import io
from datetime import date, datetime, timedelta

from training.access.actor import Actor
from training.evidence.apply import apply_import
from training.evidence.models import Mode
from training.evidence.register import Terms, accept, propose
from training.evidence.services import Given, give_evidence
from training.evidence.stage import stage_import
from training.pathways.models import Module
from training.people.models import Agency, Employment, Partnership

GIVES = "lena.marsh@severnshire-hospitals.example"
HEAD = (
    "Employee Number",
    "Competency Name",
    "Expiry Date",
    "Compliance Status",
    "Date Last Awarded",
    "Last Updated By",
)
TITLES = (
    ("NHS|CSTF|Fire Safety - 2 Years|", 14),
    ("NHS|CSTF|Moving and Handling - 3 Years|", 9),
    ("316|LOCAL|Recognising Domestic Abuse - 3 Years|", 7),
)


def build_elsewhere(partnership: Partnership, *, by: Actor, at: datetime, on: date) -> None:
    """An ESR export with titles that nobody knows yet, a course a learner gave in, the register and a proposal."""
    hospitals, police = Agency.objects.get(code="SHT"), Agency.objects.get(code="POL")
    modules = {module.code: module for module in Module.objects.filter(pathway__partnership=partnership)}
    accept(
        Terms(modules["DA-A1"], "Domestic abuse basics", "Severnshire Lantern", "Its syllabus, compared in 2025", 24),
        accepted_by="Training subgroup",
        starts_on=on - timedelta(days=300),
        by=by,
        on=on,
        at=at,
    )
    syllabus = "A day with DASH and safe referral; the handbook is with the proposal."
    propose(police, Terms(modules["DA-B1"], "First response to domestic abuse", "", syllabus, 36), by=by, at=at)
    staged = stage_import(hospitals, _export(hospitals, on), mode=Mode.HISTORY, on=on, by=by, at=at)
    apply_import(staged, by=by, at=at)
    lena = Employment.objects.within(hospitals).select_related("person").get(work_email=GIVES)
    given = Given("Domestic abuse for managers", "Turnwell Recovery", on - timedelta(days=200), "TR-2041")
    give_evidence(lena.person, hospitals, given, [], by=by, at=at)


def _export(agency: Agency, on: date) -> io.BytesIO:
    """What ESR would say of some of the staff."""
    refs = Employment.objects.within(agency).order_by("employee_ref").values_list("employee_ref", flat=True)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for place, (title, count) in enumerate(TITLES):
        for number, ref in enumerate(refs[place * 5 : place * 5 + count]):
            day = on - timedelta(days=60 + 25 * number)
            writer.writerow((ref, title, "No expiry", "GREEN", f"{day:%d-%b-%Y}", "10020001"))
    return io.BytesIO(text.getvalue().encode())
