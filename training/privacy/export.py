"""Everything that is held on one person, as the law lets them ask for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from .holdings import Holding, all_holdings


class NotOnePerson(Exception):
    """Nobody, or more than one person, answers to what was asked; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Held:
    """One table, and the rows it holds on the person."""

    holding: Holding
    rows: tuple[dict[str, Any], ...]


def everything_on(person_uid: object) -> tuple[Held, ...]:
    """Every declared table with its rows on this person; those without rows too, so that nothing looks forgotten."""
    others = _further_records(person_uid)
    return tuple(
        Held(holding, tuple(row for uid in uids for row in holding.rows_about(uid)))
        for holding in all_holdings()
        for uids in [[person_uid, *(others if holding.is_shared else ())]]
    )


def _further_records(person_uid: object) -> list[object]:
    """The uids of the earlier records whose training counts for this one; never of a later one that claimed it."""
    people = apps.get_model("people.Person")._base_manager
    person = people.filter(uid=str(person_uid)).first()
    others = people.filter(pk__in=person.earlier_records() if person else ())
    return list(others.order_by("pk").values_list("uid", flat=True))


def as_document(uid: object, held: tuple[Held, ...], *, at: datetime) -> dict[str, Any]:
    """The rows by table, with why and for how long, as one document."""
    return {
        "person": str(uid),
        "exported_at": at,
        "tables": [
            {"table": each.holding.model, "why": each.holding.why, "kept": each.holding.keep.value, "rows": each.rows}
            for each in held
        ],
    }


def uid_of_person(*, uid: str = "", address: str = "") -> str:
    """The uid of the one person with this uid, or with this work or sign-in address."""
    people = apps.get_model("people.Person")._base_manager
    if uid:
        wanted = Q(uid=uid)
    else:
        wanted = Q(user__email=address.lower()) | Q(employments__work_email=address.lower())
    found = sorted({str(each) for each in people.filter(wanted).values_list("uid", flat=True)})
    if not found:
        raise NotOnePerson("There is no such person. Check the uid or the address.")
    if len(found) > 1:
        raise NotOnePerson(f"{len(found)} people have this address. Name one by uid: {', '.join(found)}")
    return found[0]
