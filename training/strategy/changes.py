"""What differs between two wordings of a strategy, row by row, in words. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.people.kinds import AgencyKind, LocalityKind

from .pack import Audience, Objective, Outcome, Pack, Priority

Told = dict[str, str]
"""What a row says, by what it is about."""

EVIDENCE = {"D": "Directly", "I": "In part", "N": "Not at all"}
ORDER = "The order of rows"


class Kind(StrEnum):
    """What becomes of a row."""

    ADDED = "Added"
    CHANGED = "Changed"
    GONE = "Gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new or gone, or one thing that a row says otherwise. `place`: 'Outcome 1.1a'."""

    kind: Kind
    place: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.what:
            return f"{self.place}, {self.what.lower()}: {self.before or 'nothing'} to {self.after or 'nothing'}"
        row = self.after or self.before
        return f"{self.place} {self.kind.lower()}{f': {row}' if row else ''}"


def changes(before: Pack | None, after: Pack, titles: Mapping[str, str]) -> list[Change]:
    """Everything that is otherwise, in the order of the later wording; what is gone comes last.

    `titles` are those of indicators, by code.
    """
    old, new = _rows(before, titles) if before else {}, _rows(after, titles)
    found = []
    for place, told in new.items():
        if place not in old:
            found.append(Change(Kind.ADDED, place, "", "", _all_of(told)))
            continue
        was = old[place]
        found += [
            Change(Kind.CHANGED, place, what, was.get(what, ""), told.get(what, ""))
            for what in (*told, *(set(was) - set(told)))
            if was.get(what, "") != told.get(what, "")
        ]
    found += [Change(Kind.GONE, place, "", _all_of(told), "") for place, told in old.items() if place not in new]
    if [each for each in old if each in new] != [each for each in new if each in old]:
        found.append(Change(Kind.CHANGED, ORDER, "", "", ""))
    return found


def _all_of(told: Mapping[str, str]) -> str:
    """A whole row: its title alone, where it has one; what is said of the rest can be read in the file."""
    return told.get("Title") or "; ".join(f"{what.lower()}: {text}" for what, text in told.items() if text)


def _rows(pack: Pack, titles: Mapping[str, str]) -> dict[str, Told]:
    found: dict[str, Told] = {"The strategy": _strategy(pack)}
    for principle in pack.principles:
        found[f"Principle {principle.ref}"] = {"Title": principle.title}
    for priority in pack.priorities:
        found.update(_of_priority(priority, pack, titles))
    for target in pack.targets:
        title = titles.get(target.indicator, target.indicator)
        found[f"Target of {title}"] = {"Figure": f"{target.value:,}", "Note": target.note}
    for place in pack.localities:
        found[f"Locality {place.name}"] = {"Kind": LocalityKind(place.kind).label, "ONS code": place.code or ""}
    for agency in pack.agencies:
        found[f"Agency {agency.name}"] = {
            "Kind": AgencyKind(agency.kind).label,
            "Commitment": agency.commitment.value,
            "Other names": ", ".join(agency.aliases),
            "Successor": agency.successor,
            "Note": agency.note,
        }
    for name, told in _services(pack):
        found[name] = told
    return found


def _strategy(pack: Pack) -> Told:
    return {
        "Title": pack.title,
        "Area": pack.area,
        "Years": f"{pack.period.from_year} to {pack.period.to_year}",
        "Status": pack.status.value,
        "Endorsed": _yes(pack.endorsed),
        "Invented": _yes(pack.fictional),
        "Where it comes from": pack.note,
        "Owned by": pack.owner_group,
        "Vision": pack.vision,
        "Topics": ", ".join(each.value for each in pack.topics),
        "Follows": pack.succeeds.pack if pack.succeeds else "",
    }


def _of_priority(priority: Priority, pack: Pack, titles: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    yield f"Priority {priority.ref}", {"Title": priority.title, "Note": priority.note}
    for objective in priority.objectives:
        yield f"Objective {objective.ref}", {"Title": objective.title, "Part of": f"priority {priority.ref}"}
        for outcome in objective.outcomes:
            yield f"Outcome {outcome.ref}", _outcome(outcome, objective, pack, titles)


def _outcome(outcome: Outcome, objective: Objective, pack: Pack, titles: Mapping[str, str]) -> Told:
    carried = pack.succeeds.outcomes.get(outcome.ref, ()) if pack.succeeds else ()
    return {
        "Title": outcome.title,
        "Shown by records": EVIDENCE[outcome.evidence.value],
        "Figures": "; ".join(titles.get(code, code) for code in outcome.indicators),
        "NICE": outcome.nice,
        "Source": outcome.source,
        "What it looks for itself": "; ".join(
            f"{own.ref} {own.title} ({own.kind.value}, {own.evidence.value})" for own in outcome.own_indicators
        ),
        "Carries on": ", ".join(carried),
        "Part of": f"objective {objective.ref}",
    }


def _services(pack: Pack) -> Iterator[tuple[str, Told]]:
    """Services have no refs: two of one name are told apart by their number."""
    seen: dict[str, int] = {}
    for service in pack.services:
        seen[service.name] = seen.get(service.name, 0) + 1
        number = f" ({seen[service.name]})" if seen[service.name] > 1 else ""
        yield (
            f"Service {service.name}{number}",
            {
                "Kind": service.kind,
                "For": ", ".join(Audience(each).value for each in service.audience),
                "Provider": service.provider,
                "Note": service.note,
            },
        )


def _yes(answer: bool) -> str:
    return "Yes" if answer else "No"
