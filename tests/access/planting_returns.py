"""Two returns of each planted agency, one filled in and one signed, and what is posted to their pages."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.planting_rules import typed
from training.access.actor import Actor
from training.access.clock import today
from training.pathways.models import Module
from training.people.models import Agency, Partnership, RoleGroup
from training.returns.models import AgencyReturn, ReturnLine, ReturnTerms, ReturnVersion
from training.returns.quarters import quarter_of


def plant_returns(agency: Agency, partnership: Partnership, *, by: Actor, at: datetime) -> dict[str, str]:
    """What addresses of this agency's returns are filled with."""
    last = quarter_of(today()).back()
    said = {"recorded_at": at, "recorded_by": str(by)}
    ReturnTerms.objects.get_or_create(partnership=partnership, quarter_on=last.back(3).starts_on, defaults=said)
    versions = [
        ReturnVersion.objects.create(
            of=AgencyReturn.objects.create(agency=agency, partnership=partnership, quarter_on=quarter.starts_on),
            **said,
            **signed,
        )
        for quarter, signed in ((last, {}), (last.back(), {"handed_over_at": at, "signed_at": at}))
    ]
    group, module = RoleGroup.objects.get(code="OFFICE"), Module.objects.get(pathway__partnership=partnership)
    lines = [
        ReturnLine.objects.create(version=version, role_group=group, module=module, trained=1) for version in versions
    ]
    return {"open_quarter": last.code, "signed_quarter": last.back().code, "line": str(lines[0].pk)}


def return_bodies() -> dict[str, dict[str, Any]]:
    """What is typed into the forms of returns."""
    rows = b"role_group,module,people_trained\r\nOFFICE,DA-A1,1\r\n"
    return {
        "sign": {"shown": "1"},
        "correction": {"reason": "miscounted"},
        "return_file": {"file": SimpleUploadedFile("return.csv", rows)},
        "head_count": typed("counted_on", today()) | {"group": ":", "people": "12"},
        "return_terms": {"quarter_on": quarter_of(today()).starts_on.isoformat(), "due_days": "21"},
        "send_back": {"reason": "unlikely"},
    }
