"""h5p.json: what an H5P file holds (h5p.org, 'H5P specification'). Read in the confined child."""

import json
from collections.abc import Collection
from typing import Any

from courses.packages.items import H5P, Item, Reading
from training.people.roster.limits import Refused

DAMAGED = "The package's h5p.json is damaged. Download it from its editor again."


def read_h5p(data: bytes, files: Collection[str]) -> Reading:
    """What it says of these files. Raises Refused, in words for the author."""
    try:
        said = json.loads(data)
        title, main = str(said["title"]), str(said["mainLibrary"])
        needed = [_folder(each) for each in said["preloadedDependencies"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(DAMAGED) from None
    if "content/content.json" not in files:
        raise Refused("The package has no content/content.json. Download it from its editor again.")
    kept = frozenset(files)
    missing = [folder for folder in needed if f"{folder}/library.json" not in kept]
    if missing:
        raise Refused(
            f"The package lacks a library that it needs: {missing[0][:80]}. Download it with its libraries "
            "(the whole .h5p file, not a copy of its content)."
        )
    if not any(folder.rpartition("-")[0] == main for folder in needed):
        raise Refused(f"The package does not bring its main library, {main[:80]}. Download it from its editor again.")
    title = " ".join(title.split())[:255] or "Untitled"
    return Reading(H5P, title, (Item(key="h5p", title=title, href="h5p.json"),))


def _folder(library: dict[str, Any]) -> str:
    return f"{library['machineName']}-{int(library['majorVersion'])}.{int(library['minorVersion'])}"
