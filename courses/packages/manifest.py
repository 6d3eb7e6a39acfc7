"""imsmanifest.xml of SCORM 1.2 and 2004: which parts there are, what opens them, and what a pass is.

Read in the confined child. Elements are known by their local name: manifests in the wild bring every namespace and
prefix. What of 2004's sequencing we keep to stands in `sequencing.py`; the rest is refused rather than half run.
(SCORM 1.2 CAM 2.3; SCORM 2004 4th edition CAM 3.4 and 5.1.)
"""

from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.packages.items import SCORM_12, SCORM_2004, Item, Reading
from courses.packages.limits import MOST_ITEMS
from courses.packages.prerequisites import NotUnderstood, read_prerequisites
from courses.packages.sequencing import Sequencing, read_sequencing
from training.people.roster.limits import Refused

BASE = "{http://www.w3.org/XML/1998/namespace}base"
LONGEST_TEXT = 255
LONGEST_LAUNCH_DATA = 4096


def local(tag: Any) -> str:
    """An element's or attribute's name without its namespace, in small letters."""
    return str(tag).rpartition("}")[2].lower()


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of this local name."""
    return (child for child in element if local(child.tag) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this local name."""
    return next(children(element, name), None) if element is not None else None


def words(element: Element | None, name: str) -> str:
    """The text of a child on one line, empty if there is none."""
    found = child(element, name)
    return " ".join((found.text or "").split()) if found is not None else ""


def attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((value.strip() for key, value in element.attrib.items() if local(key) == name), "")


def parse(data: bytes) -> Element:
    """The tree. Entities, and files or addresses outside, are refused."""
    try:
        return fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Refused("The package's imsmanifest.xml defines entities of its own. Export the package anew.") from None
    except (ParseError, ValueError, LookupError):
        raise Refused("The package's imsmanifest.xml is damaged: it is not well-formed XML.") from None


def read_manifest(data: bytes, files: Collection[str]) -> Reading:
    """What the manifest says of these files. Raises Refused, in words for the author."""
    root = parse(data)
    if local(root.tag) != "manifest":
        raise Refused("imsmanifest.xml is not a manifest. This does not look like a SCORM package.")
    if child(root, "manifest") is not None:
        raise Refused("The package holds packages inside it (a manifest within the manifest). Export them one by one.")
    kind = _kind(root)
    organisation, offered = _organisation(root)
    resources = _resources(root)
    sequencings = {
        attribute(each, "id"): each
        for collection in children(root, "sequencingcollection")
        for each in children(collection, "sequencing")
    }
    reader = _Contents(kind, resources, frozenset(files), sequencings)
    items = tuple(reader.under(organisation, 0, reader.rules(organisation)))
    reading = Reading(kind, (words(organisation, "title") or "Untitled")[:LONGEST_TEXT], items, offered)
    _insist(reading, reader)
    return reading


def _kind(root: Element) -> str:
    said = words(child(root, "metadata"), "schemaversion").lower()
    spaces = " ".join({str(each.tag).partition("}")[0] for each in root.iter()} | _spaces(root)).lower()
    if said == "1.2" or (not said and "adlcp_rootv1p2" in spaces):
        return SCORM_12
    if "2004" in said or "cam 1.3" in said or (not said and "adlcp_v1p3" in spaces):
        return SCORM_2004
    if "adlcp_rootv1p2" in spaces:
        return SCORM_12
    if "adlcp_v1p3" in spaces:
        return SCORM_2004
    raise Refused("The package does not say that it is SCORM 1.2 or SCORM 2004. Export it as one of these.")


def _spaces(root: Element) -> set[str]:
    return {key.partition("}")[0] for each in root.iter() for key in each.attrib}


def _organisation(root: Element) -> tuple[Element, int]:
    """The organisation to use, the default or the first, and how many there are."""
    holder = child(root, "organizations")
    offered = list(children(holder, "organization")) if holder is not None else []
    if holder is None or not offered:
        raise Refused("The manifest lists no parts to open (it has no organization).")
    default = attribute(holder, "default")
    named = (each for each in offered if default and attribute(each, "identifier") == default)
    return next(named, offered[0]), len(offered)


def _resources(root: Element) -> dict[str, tuple[Element, str]]:
    """Each resource by its identifier, with the folder that it stands in."""
    holder = child(root, "resources")
    if holder is None:
        return {}
    above = root.get(BASE, "") + holder.get(BASE, "")
    return {attribute(each, "identifier"): (each, above + each.get(BASE, "")) for each in children(holder, "resource")}


def _insist(reading: Reading, reader: "_Contents") -> None:
    if not reading.playable:
        raise Refused("The manifest lists no part that opens anything.")
    keys = [item.key for item in reading.items]
    if len(set(keys)) != len(keys):
        raise Refused("Two parts of the package have the same identifier. Export the package anew.")
    if not reading.asked:
        raise Refused("No part of the package is tracked, so nobody could ever finish it.")
    if len(reading.playable) > 1 and reader.only_together:
        raise Refused(
            f"The package has several parts and asks for {reader.only_together[0]}, which is not supported here. "
            "Export it without sequencing rules, or as one part."
        )


class _Contents:
    """The items of an organisation, in order."""

    def __init__(
        self,
        kind: str,
        resources: Mapping[str, tuple[Element, str]],
        files: frozenset[str],
        sequencings: Mapping[str, Element],
    ) -> None:
        self.kind, self.resources, self.files, self.sequencings = kind, resources, files, sequencings
        self.only_together: list[str] = []
        self.count = 0

    def rules(self, element: Element) -> Sequencing:
        """What 2004's sequencing says of an element; SCORM 1.2 has none."""
        if self.kind == SCORM_12:
            return Sequencing()
        found = read_sequencing(element, self.sequencings)
        self.only_together.extend(found.only_together)
        return found

    def under(self, parent: Element, depth: int, above: Sequencing) -> Iterator[Item]:
        """What stands under an element, and under that."""
        for element in children(parent, "item"):
            self.count += 1
            if self.count > MOST_ITEMS or depth > 10:
                raise Refused(f"The package lists more than {MOST_ITEMS} parts, or nests them too deeply.")
            rules = self.rules(element)
            yield self._item(element, depth, rules, above)
            yield from self.under(element, depth + 1, rules)

    def _item(self, element: Element, depth: int, rules: Sequencing, above: Sequencing) -> Item:
        key = attribute(element, "identifier")
        title = (words(element, "title") or "Untitled")[:LONGEST_TEXT]
        if not 0 < len(key) <= LONGEST_TEXT:
            raise Refused(f"The part '{title}' has no identifier, or one that is too long. Export the package anew.")
        resource, folder = self._resource(element, title)
        href = "" if resource is None else self._href(resource, folder, attribute(element, "parameters"), title)
        is_sco = resource is not None and attribute(resource, "scormtype").lower() != "asset"
        own = self._of_12(element, title) if self.kind == SCORM_12 else self._of_2004(element, rules)
        return Item(
            key=key,
            title=title,
            href=href,
            depth=depth,
            is_sco=is_sco,
            is_shown=attribute(element, "isvisible").lower() != "false",
            choice=above.choice,
            flow=above.flow,
            launch_data=_launch_data(element),
            time_action=words(element, "timelimitaction").lower(),
            **own,
        )

    def _resource(self, element: Element, title: str) -> tuple[Element | None, str]:
        wanted = attribute(element, "identifierref")
        if not wanted:
            return None, ""
        if wanted not in self.resources:
            raise Refused(f"The part '{title}' opens something that the manifest does not list.")
        return self.resources[wanted]

    def _href(self, resource: Element, folder: str, parameters: str, title: str) -> str:
        href = folder + attribute(resource, "href")
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or href.startswith("//"):
            raise Refused(f"The part '{title}' opens a page of another site. Everything has to be in the package.")
        path = unquote(parts.path)
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise Refused(f"The part '{title}' opens a file outside the package.")
        if path not in self.files:
            raise Refused(f"The part '{title}' opens '{path[:80]}', which is not in the package.")
        if path.lower().endswith(".swf"):
            raise Refused(f"The part '{title}' is a Flash film. Browsers no longer show those.")
        return with_parameters(href, parameters)

    def _of_12(self, element: Element, title: str) -> dict[str, Any]:
        prerequisites = words(element, "prerequisites")
        if prerequisites:
            try:
                read_prerequisites(prerequisites)
            except NotUnderstood:
                raise Refused(f"What must be done before '{title}' is written in a way not understood here.") from None
        return {
            "ends_completed": True,  # RTE 3.4.4, on cmi.core.lesson_status
            "prerequisites": prerequisites,
            "mastery": _number(words(element, "masteryscore"), 0, 100, title),
            "time_allowed": words(element, "maxtimeallowed"),
        }

    def _of_2004(self, element: Element, rules: Sequencing) -> dict[str, Any]:
        return {
            "counts": rules.counts,
            "ends_completed": rules.ends_completed,
            "pass_measure": rules.pass_measure,
            "completion_threshold": _threshold(element),
            "time_allowed": rules.time_allowed,
            "objectives": rules.objectives,
        }


def _launch_data(element: Element) -> str:
    return words(element, "datafromlms")[:LONGEST_LAUNCH_DATA]


def _threshold(element: Element) -> float | None:
    """The share of the way from which a part counts as completed: third edition's text, fourth edition's attribute."""
    found = child(element, "completionthreshold")
    if found is None or attribute(found, "completedbymeasure").lower() == "false":
        return None
    by_attribute = attribute(found, "minprogressmeasure")
    fallback = "1.0" if attribute(found, "completedbymeasure") else ""
    return _number(by_attribute or words(element, "completionthreshold") or fallback, 0, 1, words(element, "title"))


def _number(text: str, least: float, most: float, title: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and least <= number <= most):
        raise Refused(f"The part '{title}' sets a mark of '{text[:20]}', which is not a number from {least} to {most}.")
    return number


def with_parameters(href: str, parameters: str) -> str:
    """An address with an item's launch parameters, put on as SCORM says (2004 CAM 3.4.1.8)."""
    parameters = parameters.lstrip("?&")
    if not parameters:
        return href
    if parameters.startswith("#"):
        return href if "#" in href else href + parameters
    address, mark, fragment = href.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{parameters}{mark}{fragment}"
