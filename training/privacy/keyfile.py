"""Files of keys that are kept outside the database: one word a line, for the site's own user alone."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path


def words_in(path: Path) -> list[str]:
    """The words of a file, the newest first; none where it is not there. Lines that begin with # say something."""
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def write_words(path: Path, words: Sequence[str], *, said: str = "") -> None:
    """Whole or not at all, and never readable by anybody else in between. `said` is a remark on top."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    lines = [f"# {said}", *words] if said else words
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write("".join(f"{line}\n" for line in lines))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # else a power cut could bring the old file back, and lose what the new key has sealed or signed
    os.close(folder)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may read or change this file."""
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
