"""What a pledge says, in words, for those who may see all of it."""

from collections.abc import Iterable

from training.ui.templatetags.ui import uk_date, uk_moment

from .held import Held, State
from .models import Charter, Kind, Pledge

MADE = {Kind.CHARTER: "Signed", Kind.POLICY: "Approved", Kind.LEAD: "Since"}
ASKED_MADE = {
    Kind.CHARTER: "When was it signed?",
    Kind.POLICY: "When was it approved?",
    Kind.LEAD: "Since when?",
}
ABOUT = {
    Kind.POLICY: "A policy for your own staff: those who are being harmed, and those who harm.",
    Kind.LEAD: "Somebody on the board or in the top team who answers for this work.",
}


def title_of(kind: Kind, charter: Charter | None) -> str:
    """'Workplace policy'; a signature under the name that the partnership gives to what is signed."""
    return charter.title if kind == Kind.CHARTER and charter else Kind(kind).label


def covered(pledge: Pledge) -> str:
    """Whom a policy is for."""
    said = (
        (pledge.covers_victims, "staff who are being harmed"),
        (pledge.covers_people_who_harm, "staff who harm"),
    )
    return " and ".join(words for is_covered, words in said if is_covered).capitalize()


def rows(pledge: Pledge) -> list[dict[str, str]]:
    """As a summary list takes it; what was not said is left out."""
    kind = Kind(pledge.kind)
    if pledge.is_none:
        return [{"key": "Said", "value": f"None yet, on {uk_date(pledge.made_on)}"}]
    said = (
        (MADE[kind], uk_date(pledge.made_on)),
        ("Level", pledge.tier),
        ("For", covered(pledge)),
        ("Post", pledge.post_title),
        ("Name", pledge.name),
        ("Shown in public", _shown(pledge)),
        ("Review by", uk_date(pledge.review_on)),
        ("Evidence", pledge.reference),
        ("Withdrawn from", uk_date(pledge.withdrawn_on)),
    )
    return [{"key": key, "value": value} for key, value in said if value]


def _shown(pledge: Pledge) -> str:
    if pledge.kind == Kind.POLICY:
        return ""
    return pledge.public_who or "The agency alone"


def state_words(kind: Kind, state: State) -> str:
    """Who has reported no signature has not signed, as far as anybody knows."""
    return "Not signed" if kind == Kind.CHARTER and state == State.NOTHING else str(state)


def in_brief(kind: Kind, found: Held) -> str:
    """One cell of the coordinator's table."""
    pledge = found.in_force
    said = state_words(kind, found.state)
    if pledge and found.state == State.DUE:
        said = f"{said}: by {uk_date(pledge.review_on)}"
    if pledge and kind == Kind.POLICY and not pledge.covers_both:
        said = f"{said}, for {covered(pledge).lower()} alone"
    return f"{said}; a newer one waits" if pledge and found.waiting else said


def history(versions: Iterable[Pledge]) -> list[dict[str, str]]:
    """What became of one pledge and when, as a summary list takes it; who it was stands in the audit."""
    said, before = [], None
    for each in versions:
        said.append({"key": uk_moment(each.recorded_at), "value": _became(each, before)})
        before = each
    return said


def _became(pledge: Pledge, before: Pledge | None) -> str:
    if pledge.withdrawn_on:
        return f"Withdrawn from {uk_date(pledge.withdrawn_on)}"
    if before is None:
        return "Reported and confirmed by the coordinator" if pledge.is_confirmed else "Reported by the agency"
    if pledge.is_confirmed:
        return "Changed by the coordinator" if before.is_confirmed else "Confirmed by the coordinator"
    return "Changed by the agency, to be confirmed again"
