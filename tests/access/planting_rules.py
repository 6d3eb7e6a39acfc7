"""The rules of the planted agencies: the partnership's, the agency's own, a proposal, and what is posted to them."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.access.sight import canary
from tests.factories import RequirementFactory, RequirementVersionFactory
from training.access.actor import Actor
from training.access.clock import today
from training.pathways.models import Requirement, Trigger
from training.pathways.services import ask_for_time, exempt, propose
from training.people.models import Agency, Partnership, Post


def planted_rules(agency: Agency, partnership: Partnership, word: str, *, by: Actor, at: datetime) -> dict[str, str]:
    """What addresses about this agency's rules are filled with."""
    rule = Requirement.objects.get(module__pathway__partnership=partnership, agency=None)
    own = RequirementFactory(module=rule.module, role_group=rule.role_group, agency=agency)
    RequirementVersionFactory(requirement=own, validity_months=24, starts_on=today())
    proposal = propose(requirement=rule, agency=agency, on=today(), validity_months=60, by=by, at=at)
    event = Trigger.objects.of_nobody().get(requirement=rule)
    post = Post.objects.within(agency).get(employment__person__last_name=canary(word, "learner", "last"))
    request = ask_for_time(post=post, module=rule.module, wished_on=today() + timedelta(days=9), by=by, at=at)
    exemption = exempt(post=post, module=rule.module, starts_on=today() + timedelta(days=90), by=by, at=at)
    return {
        "module": str(rule.module.uid),
        "module_number": str(rule.module_id),
        "post_number": str(post.pk),
        "waits": str(request.uid),
        "exemption": str(exemption.pk),
        "rule": str(rule.uid),
        "own_rule": str(own.uid),
        "proposal": str(proposal.uid),
        "event": str(event.uid),
    }


def rule_bodies() -> dict[str, dict[str, Any]]:
    """What is typed into the forms of rules."""
    return {
        "rule": typed("from_on", today())
        | {"validity_months": "12", "window_days": "60", "grace_days": "0"}
        | {"induction_days": "28"},
        "rule_end": typed("last_on", today()),
        "event": typed("happened_on", date(2026, 1, 1)) | {"event": "panel", "days_to_complete": "14"},
        "decline": {"do": "decline"},
        "more_time": typed("wished_on", today() + timedelta(days=20)) | {"reason_code": "not_said"},
        "kind": {"kind": "nhs_acute"},
        "sign_up": typed("signed_on", today()) | {"state": "confirmed", "signatory_post": "Chief Nurse"},
        "agree": {"do": "exempt"},
        "excused": typed("ends_on", today() + timedelta(days=120)),
    }


def typed(name: str, day: date) -> dict[str, str]:
    """A day as it is typed into three boxes."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
