"""What the records of one person hold, held by each of them. Pure."""

from collections.abc import Mapping

from training.ledger.attempts import OpenAttempts
from training.ledger.expiry import Fact

Done = Mapping[int, Mapping[int, tuple[Fact, ...]]]


def shared_done(done: Done, first: Mapping[int, int]) -> Done:
    """Completions by record and module, those of joined records given to each. `first`: each one's first record."""
    pooled: dict[int, dict[int, list[Fact]]] = {}
    for record in first:
        for module, facts in done.get(record, {}).items():
            pooled.setdefault(first[record], {}).setdefault(module, []).extend(facts)
    whole = {
        one: {module: tuple(sorted(facts, key=_order)) for module, facts in modules.items()}
        for one, modules in pooled.items()
    }
    return {**done, **{record: whole.get(one, {}) for record, one in first.items()}}


def shared_attempts(attempts: OpenAttempts, first: Mapping[int, int]) -> OpenAttempts:
    """Open runs through courses by record and module, those of joined records given to each."""
    whole = {(first[record], module): days for (record, module), days in attempts.items() if record in first}
    given = {
        (record, module): days for record, one in first.items() for (it, module), days in whole.items() if it == one
    }
    return {**attempts, **given}


def _order(fact: Fact) -> tuple[object, ...]:
    return fact.completed_on, fact.uid
