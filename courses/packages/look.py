"""The confined child for packages: reads one zip from standard input, checks all of it, and unpacks it into its answer.

The answer is the bytes of every file one after the other, then a line of JSON that says what they are, then the length
of that line in eight bytes: {"reading": courses.packages.items.Reading, "files": [[name, bytes], ...]}, or, with
nothing before it, {"refused": "why"}. So the web worker copies bytes and parses none.
"""

import json
import re
import resource
import stat
import sys
import zipfile
import zlib
from collections import Counter
from typing import IO, Any

from courses.packages.h5p import read_h5p
from courses.packages.items import Reading
from courses.packages.limits import (
    CPU_SECONDS,
    LONGEST_NAME,
    MEMORY_BYTES,
    MOST_MANIFEST_BYTES,
    MOST_MEMBERS,
    MOST_UNPACKED_BYTES,
    PROGRAMS,
)
from courses.packages.manifest import read_manifest
from training.people.roster.limits import Refused

MANIFEST = "imsmanifest.xml"
H5P_FILE = "h5p.json"
CHUNK = 2**20
STRANGE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")
LEFT_OUT = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/)")
BROKEN = "The file is damaged, or is not a zip. Export the package again."
MB = 2**20


def confine() -> None:
    """Take the limits: memory, processor time, size of the answer, no children, no core dump."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_UNPACKED_BYTES + 64 * MB),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files to keep, after every entry has been looked at."""
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        raise Refused(f"The package holds {len(entries):,} files. The most is {MOST_MEMBERS:,}.")
    for entry in entries:
        _refuse_strange(entry)
    members = [entry for entry in entries if not entry.is_dir() and not LEFT_OUT.search(entry.filename)]
    _refuse_clashes([member.filename for member in members])
    total = sum(member.file_size for member in members)
    if total > MOST_UNPACKED_BYTES:
        raise Refused(f"The package unpacks to {total // MB:,} MB. The most is {MOST_UNPACKED_BYTES // MB} MB.")
    return members


def _refuse_strange(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    shown = name[:80]
    if name.startswith("/") or STRANGE.search(name) or len(name.encode()) > LONGEST_NAME:
        raise Refused(f"The package holds a file with a name that cannot be used: '{shown}'.")
    if any(part in ("", ".", "..") for part in name.rstrip("/").split("/")):
        raise Refused(f"The package holds a file that would lie outside it: '{shown}'.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(f"The package holds a link: '{shown}'. Put the file itself in its place.")
    if entry.flag_bits & 1:
        raise Refused("The package is locked with a password. Export it without one.")
    if not entry.is_dir() and name.rpartition(".")[2].lower() in PROGRAMS:
        raise Refused(f"The package holds a program: '{shown}'. A lesson needs none: leave it out.")


def _refuse_clashes(names: list[str]) -> None:
    twice = [name for name, count in Counter(name.lower() for name in names).items() if count > 1]
    if twice:
        raise Refused(f"The package holds two files of one name: '{twice[0][:80]}'.")
    folders = {name[:place] for name in names for place, char in enumerate(name) if char == "/"}
    if clash := folders.intersection(names):
        raise Refused(f"The package holds a file and a folder of one name: '{min(clash)[:80]}'.")


def reading_of(archive: zipfile.ZipFile, names: list[str]) -> Reading:
    """What kind of package it is and what its manifest says."""
    if MANIFEST in names:
        return read_manifest(_text(archive, MANIFEST), names)
    if H5P_FILE in names:
        return read_h5p(_text(archive, H5P_FILE), names)
    for name in names:
        folder, slash, last = name.rpartition("/")
        if slash and last in (MANIFEST, H5P_FILE):
            raise Refused(
                f"The package's {last} is inside the folder '{folder[:80]}'. Zip what is in that folder, not the "
                "folder itself."
            )
    if {"tincan.xml", "cmi5.xml"}.intersection(names):
        raise Refused("This is an xAPI or cmi5 package. Export it as SCORM 1.2 or SCORM 2004.")
    raise Refused("The package has no imsmanifest.xml (SCORM) and no h5p.json (H5P). Export it as one of these.")


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(MOST_MANIFEST_BYTES + 1)
    if len(data) > MOST_MANIFEST_BYTES:
        raise Refused(f"The package's {name} is larger than {MOST_MANIFEST_BYTES // MB} MB.")
    return data


def look(source: IO[bytes], out: IO[bytes]) -> dict[str, Any]:
    """Check the zip and write its files; what to say of them."""
    with zipfile.ZipFile(source) as archive:
        members = members_of(archive)
        reading = reading_of(archive, [member.filename for member in members])
        files = []
        for member in members:
            size = 0
            with archive.open(member) as opened:
                while chunk := opened.read(CHUNK):
                    size += len(chunk)
                    out.write(chunk)
            files.append([member.filename, size])
    return {"reading": reading.as_json(), "files": files}


def main() -> None:
    """Read, answer, and say in words why not."""
    confine()
    out = sys.stdout.buffer
    try:
        said = look(sys.stdin.buffer, out)
    except Refused as refusal:
        said = _from_the_start(out, str(refusal))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        said = _from_the_start(out, BROKEN)
    line = json.dumps(said).encode()
    out.write(line + len(line).to_bytes(8, "big"))
    out.flush()


def _from_the_start(out: IO[bytes], refusal: str) -> dict[str, Any]:
    out.seek(0)
    out.truncate()
    return {"refused": refusal}
