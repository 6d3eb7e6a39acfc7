"""SCORM 2004's sequencing, as far as it is kept here (docs/features/packages.md); the rest is refused at upload.

Kept: choice and flow, objectives with their ids and the measure for a pass, whether a part is tracked or counts, the
time allowed. Some wishes mean nothing while the package has one part: they are refused in packages of several.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from xml.etree.ElementTree import Element

from training.people.roster.limits import Refused

NOT_KEPT = "The package asks for {}, which is not supported here. Export it without, or as a single part."
RULES = ("preconditionrule", "postconditionrule", "exitconditionrule")


@dataclass(frozen=True, slots=True)
class Sequencing:
    """What is kept of one element's sequencing. `only_together`: wishes that matter among several parts."""

    choice: bool = True
    flow: bool = True
    counts: bool = True
    ends_completed: bool = True
    pass_measure: float | None = None
    time_allowed: str = ""
    objectives: tuple[str, ...] = ()
    only_together: tuple[str, ...] = ()


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _get(element: Element | None, name: str, default: str = "") -> str:
    if element is None:
        return default
    return next((value.strip() for key, value in element.attrib.items() if _local(key) == name), default)


def _is(element: Element | None, name: str, default: str) -> bool:
    return _get(element, name, default).lower() in ("true", "1")


def _all(parts: list[Element], name: str) -> Iterator[Element]:
    return (child for part in parts for child in part if _local(child.tag) == name)


def read_sequencing(element: Element, shared: Mapping[str, Element]) -> Sequencing:
    """The sequencing of an organisation or an item; `shared` are those that several refer to by id."""
    own = next((each for each in element if _local(each.tag) == "sequencing"), None)
    _refuse_stores(element)
    if own is None:
        return Sequencing(flow=False)
    referred = shared.get(_get(own, "idref"))
    parts = [own] if referred is None else [own, referred]
    _refuse_rules(parts)
    mode = next(_all(parts, "controlmode"), None)
    limits = next(_all(parts, "limitconditions"), None)
    delivery = next(_all(parts, "deliverycontrols"), None)
    objectives = [each for holder in _all(parts, "objectives") for each in holder]
    return Sequencing(
        choice=_is(mode, "choice", "true"),
        flow=_is(mode, "flow", "false"),
        counts=_is(delivery, "tracked", "true") and _rolls_up(parts),
        ends_completed=not _is(delivery, "completionsetbycontent", "false"),
        pass_measure=_pass_measure(objectives),
        time_allowed=_get(limits, "attemptabsolutedurationlimit"),
        objectives=tuple(filter(None, (_get(each, "objectiveid") for each in objectives))),
        only_together=tuple(_only_together(parts, mode, objectives)),
    )


def _refuse_rules(parts: list[Element]) -> None:
    for holder in _all(parts, "sequencingrules"):
        if any(_local(each.tag) in RULES for each in holder):
            raise Refused(NOT_KEPT.format("rules about what opens after what"))
    if any(_local(each.tag) == "rolluprule" for holder in _all(parts, "rolluprules") for each in holder):
        raise Refused(NOT_KEPT.format("rules of its own for adding its parts up"))
    if any(_get(each, "attemptlimit") for each in _all(parts, "limitconditions")):
        raise Refused(NOT_KEPT.format("a limit to how often somebody may try"))
    for each in _all(parts, "randomizationcontrols"):
        if any(_get(each, name, "never") != "never" for name in ("randomizationtiming", "selectiontiming")):
            raise Refused(NOT_KEPT.format("parts in random order"))


def _refuse_stores(element: Element) -> None:
    if any(_all([each for each in element if _local(each.tag) == "data"], "map")):
        raise Refused(NOT_KEPT.format("data that its parts share"))


def _rolls_up(parts: list[Element]) -> bool:
    rules = next(_all(parts, "rolluprules"), None)
    return _is(rules, "rollupobjectivesatisfied", "true") or _is(rules, "rollupprogresscompletion", "true")


def _pass_measure(objectives: list[Element]) -> float | None:
    primary = next((each for each in objectives if _local(each.tag) == "primaryobjective"), None)
    if primary is None or not _is(primary, "satisfiedbymeasure", "false"):
        return None
    texts = [(each.text or "").strip() for each in primary if _local(each.tag) == "minnormalizedmeasure"]
    try:
        measure = float(texts[0]) if texts and texts[0] else 1.0
    except ValueError:
        measure = float("nan")
    if not (isfinite(measure) and -1 <= measure <= 1):
        raise Refused("The package sets a pass mark that is not a number from -1 to 1. Export it anew.")
    return measure


def _only_together(parts: list[Element], mode: Element | None, objectives: list[Element]) -> Iterator[str]:
    if any(_local(child.tag) == "mapinfo" for each in objectives for child in each):
        yield "objectives that its parts share"
    if _is(mode, "forwardonly", "false"):
        yield "parts that can only be opened going forward"
    if not _is(mode, "choiceexit", "true"):
        yield "parts that cannot be left by choosing another"
    for each in _all(parts, "constrainedchoiceconsiderations"):
        if _is(each, "constrainchoice", "false") or _is(each, "preventactivation", "false"):
            yield "a constrained choice of parts"
