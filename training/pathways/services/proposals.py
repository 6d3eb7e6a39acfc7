"""An agency asks to be asked less than its partnership asks; the partnership allows or declines it."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.pathways.models import RequestState, Requirement, RuleProposal
from training.pathways.rules import Basis, Kind, RuleVersion
from training.people.models import Agency

from .errors import PathwayError
from .requirements import begin_requirement, proposed, refuse_problems

WORDS = {"kind": Kind, "basis": Basis, "ends_on": date.fromisoformat}


@transaction.atomic
def propose(
    *, requirement: Requirement, agency: Agency, on: date, by: Actor, at: datetime, **said: Any
) -> RuleProposal:
    """Ask the partnership to let one agency ask less from a day. Nothing changes until it is allowed."""
    if requirement.agency_id is not None:
        raise PathwayError("Only a rule of the partnership can be asked to be less.")
    refuse_problems(proposed(requirement, on=on, **said))
    try:
        with transaction.atomic():
            row = RuleProposal.objects.create(
                requirement=requirement,
                agency=agency,
                from_on=on,
                said=_as_text(said),
                proposed_at=at,
                proposed_by=str(by),
            )
    except IntegrityError:
        raise PathwayError("A proposal for this rule is waiting already. Withdraw it to send another.") from None
    _noted("rule proposed", row, by=by, at=at)
    return row


@transaction.atomic
def decide_proposal(*, proposal: RuleProposal, is_allowed: bool, by: Actor, at: datetime) -> None:
    """Allow it, and the agency's rule begins on the day it asked for, or today if that has passed; or decline it."""
    _decide(proposal, RequestState.AGREED if is_allowed else RequestState.DECLINED, by=by, at=at)
    if is_allowed:
        rule = proposal.requirement
        begin_requirement(
            module=rule.module,
            role_group=rule.role_group,
            designation=rule.designation,
            agency=proposal.agency,
            on=proposal.begins_on(london_date(at)),
            by=by,
            at=at,
            by_partnership=True,
            **proposed_words(proposal),
        )


@transaction.atomic
def withdraw_proposal(*, proposal: RuleProposal, by: Actor, at: datetime) -> None:
    """The agency takes it back before it is decided."""
    _decide(proposal, RequestState.WITHDRAWN, by=by, at=at)


def proposed_words(proposal: RuleProposal) -> dict[str, Any]:
    """What it says, as the services of rules take it."""
    names = {field.name for field in fields(RuleVersion)}
    said = {name: value for name, value in proposal.said.items() if name in names}
    return said | {name: word(said[name]) for name, word in WORDS.items() if said.get(name)}


def _as_text(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _decide(proposal: RuleProposal, state: RequestState, *, by: Actor, at: datetime) -> None:
    waiting = RuleProposal.objects.waiting().filter(pk=proposal.pk)
    if not waiting.update(state=state, decided_at=at, decided_by=str(by)):
        raise PathwayError("This proposal has been decided since; look again.")
    _noted(f"rule proposal {state.lower()}", proposal, by=by, at=at)


def _noted(verb: str, row: RuleProposal, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="rule-proposal",
        uid=row.uid,
        agency_code=row.agency.code,
        partnership_code=row.requirement.module.pathway.partnership.code,
        module=row.requirement.module.code,
    )
