"""Until when a completion is good, as its certificate promises it: what the ledger makes of it, as a standing does.

The rules are those that ask the holder for the module (or for the one it refreshes) on the day, or later if none does
yet; of several, the one that ends first. Where none asks, the module's own validity, from completion.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from training.access.clock import add_months
from training.ledger.expiry import Period
from training.ledger.history import Obligation, obligations
from training.ledger.models import Entry
from training.ledger.selectors.histories import histories
from training.pathways.rules import Rule, version_in_force
from training.people.models import Post


@dataclass(frozen=True, slots=True)
class Validity:
    """The last valid day, or none for good; and what decided it. `is_recorded_only`: it makes nothing in date."""

    ends_on: date | None
    rule: str
    is_recorded_only: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """One obligation that a completion bears on, with the rule it came from."""

    obligation: Obligation
    rule: Rule

    def made_by(self, completion: Entry) -> Period | None:
        """The period that a completion made; none where it made none (an attendance short of enough)."""
        return next((period for period in self.obligation.periods if completion.pk in period.facts), None)

    def named_on(self, day: date) -> str:
        """The requirement and the first day of the version that decides on a day."""
        version = version_in_force(self.rule.versions, day)
        return f"requirement {version.requirement} from {version.starts_on.isoformat()}"


def validity_of(completion: Entry, *, known_at: datetime) -> Validity:
    """How long this completion is good for, as known at a moment."""
    day = _day(completion)
    asked = _asked_of_holder(completion, known_at)
    if not asked:
        months = completion.module.validity_months
        return Validity(add_months(day, months) if months else None, "module")
    found = []
    for each in asked:
        period = each.made_by(completion)
        found.append(Validity(period.full_ends_on if period else None, each.named_on(day), period is None))
    return min(found, key=lambda each: (not each.is_recorded_only, each.ends_on or date.max, each.rule))


def _asked_of_holder(completion: Entry, known_at: datetime) -> list[_Asked]:
    """What asked the holder for the module on the day; else what was known to ask later."""
    day = _day(completion)
    found = list(_obligations(completion, known_at))
    return [each for each in found if day in each.obligation.days] or [
        each for each in found if day < each.obligation.days.first
    ]


def _obligations(completion: Entry, known_at: datetime) -> Iterator[_Asked]:
    """Every obligation of the holder's posts to have the module, or, where nobody asks for it, the one it refreshes."""
    posts = Post.objects.everywhere(reason="the holder's own").filter(completion.person.all_of("employment__person"))
    by_module: dict[int, list[_Asked]] = {}
    for each in histories(list(posts.values_list("pk", flat=True)), known_at=known_at, attempts={}):
        rules = {rule.requirement: rule for rule in each.history.rules}
        asked = [_Asked(obligation, rules[obligation.requirement]) for obligation in obligations(each.history)]
        by_module.setdefault(each.module, []).extend(asked)
    yield from by_module.get(completion.module_id) or by_module.get(completion.module.refreshes_id or 0, [])


def _day(completion: Entry) -> date:
    """The day of a completion: entries of that kind always have one."""
    assert completion.completed_on is not None
    return completion.completed_on
