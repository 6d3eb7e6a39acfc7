"""A package is looked into apart, unpacked where nobody guesses it, or refused with its reason."""

import io
import stat
import zipfile

import pytest

from courses.models import Package
from courses.packages import look, unpack
from courses.packages.services.upload import keep_package
from tests.courses.packages.zips import h5p, manifest, package, zipped
from training.access.actor import Actor
from training.people.roster.limits import Refused

BY = Actor("user", "author")


def refusal_of(file) -> str:
    """Why the child would refuse it; without starting a child, which takes longer."""
    with pytest.raises(Refused) as refused:
        look.look(file, io.BytesIO())
    return str(refused.value)


def linked() -> io.BytesIO:
    made = package()
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("shortcut.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    made.seek(0)
    return made


def locked() -> io.BytesIO:
    raw = bytearray(package().getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    return io.BytesIO(bytes(raw))


def test_a_package_is_unpacked_in_a_folder_nobody_guesses(db, moment, root, real_child):
    kept = keep_package(package(more={"a/b.js": "1", "__MACOSX/x": "junk"}), by=BY, at=moment)
    assert (kept.title, kept.kind, kept.file_count, kept.counts_when) == ("Small package", "scorm12", 3, "completed")
    assert len(kept.folder) == 43
    assert (root / kept.folder / "a" / "b.js").read_text() == "1"
    assert kept.contents.asked == {"one"}


def test_a_refused_package_leaves_nothing_behind(db, moment, root):
    with pytest.raises(Refused, match="not in the package"):
        keep_package(zipped({"imsmanifest.xml": manifest()}), by=BY, at=moment)
    assert not Package.objects.exists()
    assert not root.exists()


def test_a_package_that_fails_half_way_leaves_nothing_behind(root, monkeypatch):
    monkeypatch.setattr(unpack, "_take", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        unpack.unpack(package())
    assert list(root.iterdir()) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"x.txt": ""}, "no imsmanifest.xml"),
        ({"lesson/imsmanifest.xml": manifest(), "lesson/index.html": ""}, "inside the folder 'lesson'"),
        ({"tincan.xml": "<tincan/>"}, "xAPI or cmi5"),
        ({"imsmanifest.xml": manifest(), "../up.html": ""}, "outside it: '../up.html'"),
        ({"imsmanifest.xml": manifest(), "/etc/x": ""}, "name that cannot be used"),
        ({"imsmanifest.xml": manifest(), "a\\b": ""}, "name that cannot be used"),
        ({"imsmanifest.xml": manifest(), "C:x": ""}, "name that cannot be used"),
        ({"imsmanifest.xml": manifest(), "\N{SNOWMAN}" * 90: ""}, "name that cannot be used"),
        ({"imsmanifest.xml": manifest(), "tools/SETUP.EXE": ""}, "holds a program: 'tools/SETUP.EXE'"),
        ({"imsmanifest.xml": manifest(), "a": "", "A": ""}, "two files of one name"),
        ({"imsmanifest.xml": manifest(), "a": "", "a/b": ""}, "a file and a folder"),
        ({"imsmanifest.xml": b" " * (look.MOST_MANIFEST_BYTES + 1)}, "larger than 4 MB"),
    ],
)
def test_a_package_with_something_wrong_is_refused_with_the_reason(files, said):
    assert said in refusal_of(zipped(files))


def test_links_locks_crowds_and_bombs_are_refused(monkeypatch):
    assert "holds a link: 'shortcut.html'" in refusal_of(linked())
    assert "locked with a password" in refusal_of(locked())
    monkeypatch.setattr(look, "MOST_UNPACKED_BYTES", 2**20)
    assert "unpacks to 2 MB" in refusal_of(package(more={"big": b"0" * 2 * 2**20}))
    monkeypatch.setattr(look, "MOST_MEMBERS", 2)
    assert "holds 3 files" in refusal_of(package(more={"third": ""}))


@pytest.mark.parametrize("data", [b"", package().getvalue()[:-40]])
def test_what_is_no_zip_is_refused_by_the_child(data, real_child):
    with pytest.raises(Refused, match="damaged, or is not a zip"):
        unpack.unpack(io.BytesIO(data))


def test_a_file_that_is_too_large_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(unpack, "MOST_BYTES", 10)
    monkeypatch.setattr(unpack, "run_child", None)
    with pytest.raises(Refused, match="larger than"):
        unpack.unpack(package())


def test_an_h5p_file_is_known_by_its_own_list():
    said = look.look(h5p(), io.BytesIO())
    assert (said["reading"]["kind"], said["reading"]["title"]) == ("h5p", "A question")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"preloadedDependencies": []}, "does not bring its main library"),
        (
            {"preloadedDependencies": [{"machineName": "H5P.Gone", "majorVersion": 2, "minorVersion": 1}]},
            "H5P.Gone-2.1",
        ),
        ({"preloadedDependencies": "x"}, "damaged"),
    ],
)
def test_an_h5p_file_without_its_libraries_is_refused(changes, said):
    assert said in refusal_of(h5p(**changes))
