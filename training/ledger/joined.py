"""What the records of one person hold, given to each record for which it counts. Pure."""

from collections.abc import Mapping, Set

from training.ledger.attempts import OpenAttempts
from training.ledger.expiry import Fact

Done = Mapping[int, Mapping[int, tuple[Fact, ...]]]
Heard = Mapping[int, Set[int]]
"""For each record joined to others, the records whose training counts for it, itself among them."""


def shared_done(done: Done, heard: Heard) -> Done:
    """Completions by record and module, each record with those that count for it."""
    return {**done, **{record: _pooled(done, others) for record, others in heard.items()}}


def _pooled(done: Done, records: Set[int]) -> dict[int, tuple[Fact, ...]]:
    pooled: dict[int, list[Fact]] = {}
    for record in records:
        for module, facts in done.get(record, {}).items():
            pooled.setdefault(module, []).extend(facts)
    return {module: tuple(sorted(facts, key=_order)) for module, facts in pooled.items()}


def shared_attempts(attempts: OpenAttempts, heard: Heard) -> OpenAttempts:
    """Open runs through courses by record and module, each record with those that count for it."""
    given = {
        (record, module): days
        for record, others in heard.items()
        for (it, module), days in attempts.items()
        if it in others and (record, module) not in attempts
    }
    return {**attempts, **given}


def _order(fact: Fact) -> tuple[object, ...]:
    return fact.completed_on, fact.uid
