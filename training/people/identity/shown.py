"""Two records beside each other, as HR compares them."""

from dataclasses import dataclass
from datetime import date

from training.people.models import Agency, Employment, LikelyDuplicate, Person, Sameness, Term
from training.ui.templatetags.ui import uk_date

from .merge import ordered

WITHHELD = "Name withheld"


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair in the order in which it would be merged: the same rows of a summary list for each."""

    pair: LikelyDuplicate
    kept: list[dict[str, str]]
    merged: list[dict[str, str]]


def compared(pair: LikelyDuplicate, *, on: date) -> Compared:
    """The two records side by side."""
    order = ordered(pair.agency, pair.one, pair.other, on=on)
    left, right = _lines(pair.agency, order.kept), _lines(pair.agency, order.merged)
    said = [key for key, value in left.items() if value or right[key]]
    kept, merged = ([{"key": key, "value": side[key] or "-"} for key in said] for side in (left, right))
    return Compared(pair, kept, merged)


def names_of(said: Sameness) -> str:
    """Whom HR merged, by name; withheld where a record has been protected since."""
    if said.record.is_protected or said.same_as.is_protected:
        return WITHHELD
    names = dict.fromkeys((said.same_as.name, said.record.name))
    return " and ".join(names)


def _lines(agency: Agency, person: Person) -> dict[str, str]:
    entries = list(Employment.objects.within(agency).filter(person=person).order_by("pk"))
    terms = Term.objects.within(agency).known_now().filter(post__employment__person=person)
    terms = terms.select_related("role_group", "team").order_by("starts_on", "pk")
    return {
        "First name": person.first_name,
        "Preferred name": person.preferred_name,
        "Last name": person.last_name,
        "Employee reference": ", ".join(each.employee_ref for each in entries),
        "Work email": ", ".join(each.work_email for each in entries if each.work_email),
        "Posts": "; ".join(_post(term) for term in terms),
        "On your roster since": uk_date(min(each.recorded_at for each in entries)) if entries else "",
        "Signs in here": "Yes" if person.user_id else "No",
    }


def _post(term: Term) -> str:
    job = term.post_title or (str(term.role_group) if term.role_group else "Post")
    team = f", {term.team}" if term.team else ""
    until = f" until {uk_date(term.ends_on)}" if term.ends_on else ""
    return f"{job}{team}, from {uk_date(term.starts_on)}{until}"
