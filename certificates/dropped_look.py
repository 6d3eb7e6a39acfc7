"""The confined child that looks for a code in a file: a certificate's PDF, or a badge as JSON, PNG or SVG.

It answers with one line of JSON: {"code": ...} or {"refused": why}. A badge's proof is checked here too, since hostile
JSON-LD can keep a processor busy for longer than a page may take.
"""

import io
import json
import re
import resource
import struct
import sys
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from training.people.roster.child import confine
from training.people.roster.limits import Refused

MOST_CPU_SECONDS = 5
MOST_CREDENTIAL = 256 * 1024
MOST_PAGES = 20
PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
ELEMENT = "{https://purl.imsglobal.org/ob/v3p0}credential"
OTHER = "The file is not a PDF, and not a badge (JSON, PNG or SVG)."
NO_CODE = "No code of ours is in this file. Type the code that is printed on the certificate."
NO_BADGE = (
    "There is no badge in this picture. Some programs lose it when they send or save a picture: "
    "ask the holder for the badge as data (JSON), or for the code."
)
ALTERED = "This badge was not made here, or has been changed since. Do not rely on it."
TOO_LONG = "This file is too large to be read here. Check each certificate in it by its own code."
SEVERAL = "This is a whole record, and it is ours. Check each certificate in it by its own code."
BROKEN = "The file is damaged."


def code_in(data: bytes, *, site: str, keys: dict[str, str]) -> str:
    """The code that the file leads to. `keys` are the site's, by the addresses that proofs name them by."""
    if data.startswith(b"%PDF-"):
        return _in_address(_addresses_in_pdf(data), site)
    credential = _credential_in(data)
    if len(credential) > MOST_CREDENTIAL:
        raise Refused(TOO_LONG)
    return _of_badge(credential, site, keys)


def _credential_in(data: bytes) -> bytes:
    if data.startswith(PNG):
        return _in_png(data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return data
    if start.startswith(b"<"):
        return _in_svg(data)
    raise Refused(OTHER)


def _of_badge(text: bytes, site: str, keys: dict[str, str]) -> str:
    from certificates.badges.multibase import of_multikey
    from certificates.badges.proof import BadProof, insist

    try:
        document = json.loads(text)
        if not isinstance(document, dict):
            raise Refused(ALTERED)
        insist(document, keys={method: of_multikey(name) for method, name in keys.items()})
    except (BadProof, ValueError, RecursionError):
        raise Refused(ALTERED) from None
    if "ClrCredential" in document.get("type", ()):
        raise Refused(SEVERAL)
    return _in_address(iter([str(document.get("id"))]), site)


def _in_address(addresses: Iterator[str], site: str) -> str:
    """The code in the first address of ours at which a certificate is checked."""
    ours = re.compile(re.escape(site) + r"/verify/([0-9A-Za-z-]{32,40})/?")
    for address in addresses:
        if found := ours.fullmatch(address):
            return found[1]
    raise Refused(NO_CODE)


def _addresses_in_pdf(data: bytes) -> Iterator[str]:
    """Where the links on its first pages lead to."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in islice(pdf.pages, MOST_PAGES):
                for link in page.obj.get("/Annots", []):
                    yield str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError, RecursionError):
        raise Refused(BROKEN) from None


def _in_png(data: bytes) -> bytes:
    """What the iTXt chunk of a badge holds."""
    for kind, content in _chunks(data):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            rest = content.removeprefix(KEYWORD + b"\0")
            is_packed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
            return _inflated(text) if is_packed else text
    raise Refused(NO_BADGE)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place + 8 <= len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += size + 12


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_CREDENTIAL + 1)
    except zlib.error:
        raise Refused(BROKEN) from None


def _in_svg(data: bytes) -> bytes:
    """The text of a badge's element."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        found = fromstring(data).find(f".//{ELEMENT}")
    except (ParseError, DefusedXmlException, RecursionError):
        raise Refused(BROKEN) from None
    if found is None:
        raise Refused(NO_BADGE)
    return (found.text or "").encode()


def main(known: str) -> None:
    """Look, answer, and say in words why not."""
    confine()
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    said: dict[str, Any]
    try:
        said = {"code": code_in(sys.stdin.buffer.read(), **json.loads(known))}
    except Refused as refusal:
        said = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
