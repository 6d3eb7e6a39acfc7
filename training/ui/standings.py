"""How each standing is shown: its words, and the colour that adds to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandingLook:
    """Words for people, and one of GOV.UK Frontend's tag colours."""

    words: str
    colour: str


STANDINGS = {
    "not_yet_required": StandingLook("Not yet required", "grey"),
    "not_started": StandingLook("Not started", "grey"),
    "in_progress": StandingLook("In progress", "blue"),
    "in_date": StandingLook("In date", "green"),
    "due_soon": StandingLook("Due soon", "yellow"),
    "overdue": StandingLook("Overdue", "red"),
    "exempt": StandingLook("Exempt", "purple"),
    "paused": StandingLook("Paused", "teal"),
}
