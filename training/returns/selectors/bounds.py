"""What bounds the numbers of an agency's return: its head-counts, and its roster."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training.people.models import Agency, RoleGroup, Term
from training.returns.limits import EVERYBODY, Declared, Group, Limit, limit
from training.returns.models import HeadCount
from training.returns.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Bounds:
    """Everything that a number of an agency's return is held against."""

    quarter: Quarter
    declared: tuple[Declared, ...]
    roster: Mapping[Group, int]

    def of(self, role_group: RoleGroup) -> Limit | None:
        """The most people of a role group that a number can be."""
        return limit(role_group.code, role_group.family, self.quarter, self.declared, self.roster)

    def refusal(self, role_group: RoleGroup, trained: int | None) -> str:
        """Why a number cannot be right, and what to do; '' where it can be."""
        most = self.of(role_group)
        if most is None or trained is None or trained <= most.people:
            return ""
        whom = f"{role_group} staff" if most.group[0] == "role_group" else "staff in all that could be meant"
        if most.counted_on is None:
            return (
                f"{trained:,} is more than the {most.people:,} {whom} on your roster on {_day(self.quarter.ends_on)}. "
                "Count each person once. If you have more staff than the roster says, declare a head-count first."
            )
        return (
            f"{trained:,} is more than the {most.people:,} {whom} that you declared for {_day(most.counted_on)}. "
            "Count each person once, or put the head-count right first."
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def bounds_of(agency: Agency, quarter: Quarter) -> Bounds:
    """The bounds of an agency's return for a quarter. Two queries."""
    return Bounds(quarter, declared_by(agency), roster_counts(agency, on=quarter.ends_on))


def declared_by(agency: Agency) -> tuple[Declared, ...]:
    """The head-counts of an agency that stand, the last day first."""
    rows = HeadCount.objects.known_now().filter(agency=agency).order_by("-counted_on", "group_kind", "group")
    return tuple(Declared(row.counted_on, (row.group_kind, row.group), row.people) for row in rows)


def roster_counts(agency: Agency, *, on: date) -> Counter[Group]:
    """How many people the agency's roster has on a day: in all, by role family and by role group."""
    terms = Term.objects.within(agency).known_now().current_on(on).order_by()
    rows = terms.values_list("post__employment__person_id", "role_group__code", "role_group__family").distinct()
    members = {
        (group, person)
        for person, code, family in rows
        for group in (EVERYBODY, ("role_group", code or ""), ("role_family", family or ""))
    }
    found = Counter(group for group, _ in members)
    return Counter({group: count for group, count in found.items() if group[1] or group == EVERYBODY})
