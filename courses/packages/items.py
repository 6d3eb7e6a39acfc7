"""What a package's manifest says, as plain rows: made in the confined child, kept as JSON, read everywhere else."""

from dataclasses import asdict, dataclass
from typing import Any

SCORM_12 = "scorm12"
SCORM_2004 = "scorm2004"
H5P = "h5p"
KINDS = {SCORM_12: "SCORM 1.2", SCORM_2004: "SCORM 2004", H5P: "H5P"}

AS_COMPLETED = "completed"
AS_PASSED = "passed"
AS_BOTH = "both"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table of contents.

    `href` is the address in the package with its launch parameters, empty for a heading; `depth` counts from 0.
    `is_sco`: it reports by itself; anything else counts as done once opened. `counts`: it is asked for.
    `ends_completed`: ending without a word on how far it got means that it is completed, as the standard has it.
    `pass_measure` runs from 0 to 1, `mastery` (SCORM 1.2) from 0 to 100. `choice` and `flow`: whether it may be chosen
    from the contents, and reached by Next and Back.
    """

    key: str
    title: str
    href: str = ""
    depth: int = 0
    is_sco: bool = True
    is_shown: bool = True
    counts: bool = True
    ends_completed: bool = False
    choice: bool = True
    flow: bool = True
    prerequisites: str = ""
    mastery: float | None = None
    pass_measure: float | None = None
    completion_threshold: float | None = None
    time_allowed: str = ""
    time_action: str = ""
    launch_data: str = ""
    objectives: tuple[str, ...] = ()

    @property
    def has_pass_mark(self) -> bool:
        """Whether the manifest itself says what a pass is."""
        return self.mastery is not None or self.pass_measure is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """A package as read: its kind, its title, its contents in order, and how many organisations it offered."""

    kind: str
    title: str
    items: tuple[Item, ...]
    organisations: int = 1

    @property
    def playable(self) -> tuple[Item, ...]:
        """The items that open something."""
        return tuple(item for item in self.items if item.href)

    @property
    def asked(self) -> frozenset[str]:
        """The keys of what has to be done before the package is."""
        return frozenset(item.key for item in self.playable if item.counts)

    def item(self, key: str) -> Item | None:
        """The playable item with this key, if there is one."""
        return next((item for item in self.playable if item.key == key), None)

    @property
    def own_rule(self) -> str:
        """When it counts, as far as the manifest says: where it sets a pass mark, once that is reached."""
        return AS_PASSED if any(item.has_pass_mark for item in self.playable if item.counts) else AS_COMPLETED

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)


def read_reading(kept: dict[str, Any]) -> Reading:
    """What `as_json` made, read back."""
    items = [Item(**{**item, "objectives": tuple(item["objectives"])}) for item in kept["items"]]
    return Reading(kept["kind"], kept["title"], tuple(items), kept["organisations"])
