"""The JSON-LD contexts that badges are written in, as a package we depend on carries them. Nothing else is loaded.

Imported by the confined child too, so it knows nothing of Django.
"""

import json
from functools import cache
from importlib.metadata import distribution
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEARNER_RECORD = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
FILES = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    LEARNER_RECORD: "clr_context_2.0.1.json",
}


class UnknownContext(ValueError):
    """A document asks for a context that is not ours to load."""


def load(url: str, options: Any = None) -> dict[str, Any]:
    """PyLD's document loader: these three, and never the network. Marked as static, they are prepared once."""
    if url not in FILES:
        raise UnknownContext(url)
    said = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "tag": "static"}
    return said | {"document": _document(url)}


@cache
def _document(url: str) -> Any:
    folder = distribution("openbadgeslib").locate_file("openbadgeslib/ob3/contexts")
    with open(str(folder / FILES[url]), encoding="utf-8") as file:
        return json.load(file)
