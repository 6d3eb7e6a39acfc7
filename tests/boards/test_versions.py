"""What any release has frozen opens for ever: one snapshot of each shape is kept here, with what is drawn of it.

`frozen/` holds them as they were stored. Nothing in it is ever changed but `drawn.json`, by whoever means frozen packs
to be drawn otherwise from now on, and says so in the changelog.
"""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from types import NoneType, UnionType
from typing import Union, get_args, get_origin

import pytest
from pydantic import ValidationError

from training.boards import versions
from training.boards.contents import Contents, Figures, Restated, Row, digest_of
from training.boards.parts import paper_of, restated_paper
from training.boards.public import summary_paper
from training.boards.rag import Rating
from training.boards.tables import xlsx_of, zip_of
from training.boards.versions import VERSION, FrozenLater, as_now
from training.press.paper import html_of

KEPT = Path(__file__).parent / "frozen"
PACKS = sorted(KEPT.glob("version-*-pack.json"))
RESTATEMENTS = sorted(KEPT.glob("version-*-restatement.json"))
DIGESTS = {
    "version-1-pack.json": "6cd4193cb0fb51fc8dcbb009c2646a6c236098892fb901416d940ee0a5ee1c13",
    "version-1-restatement.json": "beda854b949a276d871bc66b4abde348326d56456cd382638fbbeef0331f4acd",
}


def inside(archive: bytes) -> bytes:
    """The files in it: how tightly they are packed is the library's own affair."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return b"".join(name.encode() + opened.read(name) for name in opened.namelist())


def drawn() -> dict[str, str]:
    """The hash of everything that is drawn of what is kept."""
    found = {}
    for path in PACKS:
        text = path.read_text()
        contents = Contents.read(text)
        found[f"{path.stem}: HTML"] = html_of(paper_of(contents, digest_of(text))).encode()
        found[f"{path.stem}: summary"] = html_of(summary_paper(contents)).encode()
        found[f"{path.stem}: XLSX"] = inside(xlsx_of(contents))
        found[f"{path.stem}: CSV"] = inside(zip_of(contents))
    for path in RESTATEMENTS:
        text = path.read_text()
        found[f"{path.stem}: HTML"] = html_of(restated_paper(Restated.read(text), digest_of(text))).encode()
    return {name: sha256(made).hexdigest() for name, made in found.items()}


def shape(of: type[Row]) -> dict[str, object]:
    """Its fields and what each may hold, down to the plain ones."""
    return {name: _told(field.annotation) for name, field in of.model_fields.items()}


def _told(kind: object) -> object:
    if isinstance(kind, type) and issubclass(kind, Row):
        return shape(kind)
    if kind is Rating:
        return [each.value for each in Rating]
    if (outer := get_origin(kind)) is not None:
        inner = [_told(each) for each in get_args(kind)]
        return ["any of" if outer in (Union, UnionType) else outer.__name__, *inner]
    return {NoneType: "nothing", Ellipsis: "..."}.get(kind) or kind.__name__


def test_a_snapshot_of_every_version_is_kept_and_stays_as_it_was():
    names = {f"version-{number}-{what}.json" for number in range(1, VERSION + 1) for what in ("pack", "restatement")}
    assert {path.name for path in (*PACKS, *RESTATEMENTS)} == names
    assert {path.name: digest_of(path.read_text()) for path in (*PACKS, *RESTATEMENTS)} == DIGESTS


def test_a_snapshot_of_every_version_opens():
    for path in PACKS:
        contents = Contents.read(path.read_text())
        assert contents.figures.lines["COV_REQUIRED"].text == "65%"
        assert contents.decisions == ("Agree the plan", "=cmd()")
    for path in RESTATEMENTS:
        assert [each.after for each in Restated.read(path.read_text()).differences][0] == "54% (40 of 74)"


def test_what_is_stored_in_this_version_is_written_out_the_same_to_the_byte():
    pack, restated = (KEPT / f"version-{VERSION}-{what}.json" for what in ("pack", "restatement"))
    assert Contents.read(pack.read_text()).canonical() == pack.read_text()
    assert Restated.read(restated.read_text()).canonical() == restated.read_text()


def test_a_changed_shape_needs_a_version_of_its_own():
    """If this fails: raise VERSION, add the step from the version before, keep a snapshot and the shape of the new."""
    kept = json.loads((KEPT / f"version-{VERSION}-shape.json").read_text())
    assert {"pack": shape(Contents), "restatement": shape(Restated)} == kept


def test_every_version_but_the_last_has_a_step_to_the_next():
    assert set(versions.STEPS) == set(range(1, VERSION))


def test_what_is_drawn_of_a_frozen_pack_is_what_was_drawn_before():
    """If this fails, frozen packs look otherwise from now on: see the top of this file."""
    assert drawn() == json.loads((KEPT / "drawn.json").read_text())


def test_an_earlier_shape_is_led_to_this_one_step_by_step(monkeypatch):
    """As if two versions had come since: a field by another name, then one more."""

    def renamed(kept):
        return kept | {"decisions": kept["asked_for"]} if "asked_for" in kept else kept

    def more(kept):
        kept = {name: value for name, value in kept.items() if name != "asked_for"} | {"without": ["A box"]}
        return kept | {"figures": kept["figures"] | {"version": 3}}

    text = PACKS[0].read_text()
    older = json.loads(text)
    older["asked_for"] = older.pop("decisions")
    with pytest.raises(ValidationError, match="asked_for"):
        Contents.read(json.dumps(older))
    monkeypatch.setattr(versions, "VERSION", 3)
    monkeypatch.setattr(versions, "STEPS", {1: renamed, 2: more})
    contents = Contents.read(json.dumps(older))
    assert (contents.decisions[0], contents.without, contents.figures.version) == ("Agree the plan", ("A box",), 3)


@pytest.mark.parametrize("kind", [Contents, Figures, Restated])
def test_what_a_later_release_froze_is_refused_in_words(kind):
    later = {"version": VERSION + 1}
    with pytest.raises(FrozenLater, match=f"version {VERSION + 1}"):
        kind.read(json.dumps({"figures": later} if kind is Contents else later))
    assert as_now(text := json.dumps({"version": VERSION})) == text
