"""Training done elsewhere in the planted world: what a learner gave in, files of completions, the register."""

import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.sight import canary
from training.access.actor import Actor
from training.access.clock import today
from training.evidence.apply import apply_import
from training.evidence.models import EvidenceFile, Mode, SetAside
from training.evidence.register import Terms, accept, propose
from training.evidence.selectors import title_groups
from training.evidence.services import Given, give_evidence, set_aside
from training.evidence.stage import stage_import
from training.evidence.uploads import Looked
from training.pathways.models import Module
from training.people.models import Agency, Partnership, Person

BY = Actor.system("test")


def plant_elsewhere(agency: Agency, partnership: Partnership, word: str, name: str) -> dict[str, str]:
    """Evidence with a file, rows that wait, one file of completions applied and one staged, an entry and a proposal."""
    at = datetime.combine(today() - timedelta(days=1), time(12), UTC)
    on = today() - timedelta(days=1)
    person = Person.objects.within(agency).get(last_name=canary(word, name, "last"))
    title = canary(word, name, "evidence")
    given = Given(title, title, on - timedelta(days=30), title)
    evidence = give_evidence(person, agency, given, [Looked("pdf", _certificate(title))], by=BY, at=at)
    kept = EvidenceFile.objects.everywhere(reason="test").get(evidence=evidence)
    module = Module.objects.get(pathway__partnership=partnership, code="DA-A1")
    terms = Terms(module, "Asking well", "Sea Training")
    entry = accept(terms, accepted_by="The board", starts_on=on, by=BY, on=on, at=at).entry
    proposal = propose(agency, Terms(module, "Asking better", "Sea Training"), by=BY, at=at)
    staged = stage_import(agency, _file(word, name, on - timedelta(days=20)), mode=Mode.HISTORY, on=on, by=BY, at=at)
    applied = stage_import(agency, _file(word, name, on - timedelta(days=10)), mode=Mode.HISTORY, on=on, by=BY, at=at)
    apply_import(applied, by=BY, at=at)
    set_aside(agency, title="Fire safety", provider="", by=BY, at=at)
    return {
        "given": str(evidence.uid),
        "handed": str(kept.uid),
        "entry": str(entry.pk),
        "register_proposal": str(proposal.uid),
        "completions_staged": str(staged.uid),
        "completions_applied": str(applied.uid),
        "title_group": title_groups(agency)[0].address,
        "aside": str(SetAside.objects.get(agency=agency).pk),
    }


def _certificate(title: str) -> bytes:
    """A PDF that carries the canary."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = title
        pdf.save(out)
    return out.getvalue()


def bodies_elsewhere() -> dict[str, dict[str, Any]]:
    """Something plausible to post at these doors."""
    rows = b"employee_ref,course_code,completed_on\n1,DA-A1,2026-03-02\n"
    day = today()
    return {
        "completion_file": {"file": SimpleUploadedFile("completions.csv", rows), "mode": "history"},
        "elsewhere_decline": {"decision": "decline", "said": "It is another course"},
        "elsewhere_proposal": {"external_title": "Asking best"},
        "elsewhere_give": {
            "title": "Asking well",
            "completed_on_day": "2",
            "completed_on_month": "3",
            "completed_on_year": "2026",
        },
        "elsewhere_withdraw": {"do": "withdraw"},
        "elsewhere_end": {
            "do": "end",
            "ends_on_day": str(day.day),
            "ends_on_month": str(day.month),
            "ends_on_year": str(day.year),
        },
        "elsewhere_said": {"said": "It is too short"},
    }


def _file(word: str, name: str, on: Any) -> io.BytesIO:
    """A completion of somebody on the roster, one of a title unknown, and one of somebody unknown."""
    reference, text = canary(word, name, "reference"), canary(word, name, "evidence")
    rows = (
        f"{reference},DA-A1,,{on},{text}",
        f"{reference},,{text} {on},{on},{text}",
        f"nobody,DA-A1,,{on},{text}",
    )
    return io.BytesIO("\n".join(("employee_ref,course_code,external_title,completed_on,evidence_ref", *rows)).encode())
