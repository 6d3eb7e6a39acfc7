"""The confined child: kept warm, replaced when it dies, without secrets, and within its limits."""

import io
import subprocess
import zlib

import pytest
from PIL import Image

from training.press import children, press
from training.press.children import Child, ChildEnded, JobFailed, JobRefused, Press
from training.press.press import BadPicture

PAGE = '<html lang="en"><title>Learning record</title><p>text</p></html>'
CARD = "certificates/print/2-card#08363b#653a6b"


@pytest.fixture
def own():
    """A press of the test's own, ended with it."""
    made = Press()
    yield made
    while not made.waiting.empty():
        made.waiting.get().end()


def pid_of(own) -> int:
    """The process that would do the next job."""
    return own.waiting.queue[-1].process.pid


def test_one_child_does_job_after_job_and_another_takes_its_place_when_it_dies(own):
    job = ({"design": CARD}, PAGE.encode())
    first = own.do(*job)
    child = pid_of(own)
    assert own.do(*job) == first and pid_of(own) == child
    with pytest.raises(JobRefused, match="no-such-design"):
        own.do({"design": "no-such-design"}, b"")
    assert pid_of(own) == child  # it said why, and is well
    assert set(environment_of(child)) == {b"LANG=C.UTF-8"}
    own.waiting.queue[-1].process.kill()
    own.waiting.queue[-1].process.wait()
    assert own.do(*job) == first and pid_of(own) != child


def environment_of(pid: int) -> list[bytes]:
    """What a process was given."""
    with open(f"/proc/{pid}/environ", "rb") as file:
        return file.read().rstrip(b"\0").split(b"\0")


def test_a_child_is_replaced_after_so_many_jobs(own, monkeypatch):
    monkeypatch.setattr(children, "MOST_JOBS", 1)
    assert own.do({"design": CARD}, PAGE.encode())
    assert own.waiting.empty()


def test_a_job_over_its_time_ends_the_child_and_no_other(own, monkeypatch):
    monkeypatch.setattr(children, "SECONDS", 0.0)
    with pytest.raises(JobFailed):
        own.do({"design": CARD}, PAGE.encode())
    assert own.waiting.empty()


class Ending:
    """A child whose process takes what is written and ends by itself before it answers, as one of old age may."""

    def __init__(self, patience: int = 0) -> None:
        self.process = subprocess.Popen(["/bin/sleep", "0.01"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.is_ready, self.jobs, self.patience = True, 0, patience

    do, end, _send, _receive = Child.do, Child.end, Child._send, Child._receive


def test_a_child_that_ends_of_old_age_under_a_job_is_followed_by_another_once(own, monkeypatch):
    job = ({"design": CARD}, PAGE.encode())
    old = Ending()
    with pytest.raises(ChildEnded):
        old.do(*job)
    monkeypatch.setattr(own, "_waiting", Ending)
    assert own.do(*job)[0].startswith(b"%PDF")
    made = []
    monkeypatch.setattr(children, "Child", lambda patience: made.append(Ending()) or made[-1])
    with pytest.raises(JobFailed):
        own.do(*job)
    (second,) = made
    assert second.process.poll() is not None and second.process.stdin.closed, "the second, too, is ended"
    old.end()


def test_a_child_takes_its_limits_before_anything_else():
    child = Child()
    try:
        child.do({"design": CARD}, PAGE.encode())
        with open(f"/proc/{child.process.pid}/limits") as file:
            limits = {line[:26].strip(): line[26:47].strip() for line in file}
    finally:
        child.end()
    assert int(limits["Max address space"]) <= 2 * 2**30
    assert int(limits["Max cpu time"]) <= 30  # for the first job: what the start took, and twenty seconds
    assert int(limits["Max file size"]) <= 64 * 2**20
    assert int(limits["Max core file size"]) == 0
    assert int(limits["Max open files"]) <= 128


def picture(kind: str = "PNG", size=(30, 20), **more) -> bytes:
    """A picture of a kind."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_without_what_its_file_held_besides(kind):
    data = picture(kind, (3000, 100), **({"comment": b"canary-4711"} if kind == "JPEG" else {}))
    made = press.picture(data + b"canary-4711")
    assert b"canary-4711" not in made
    with Image.open(io.BytesIO(made)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1200, 40))


BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x00\x00" * 2 + b"\x08\x02\x00\x00\x00"
BOMB += zlib.crc32(BOMB[12:]).to_bytes(4, "big")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        picture("GIF"),
        picture()[:60],
        BOMB,
    ],
    ids=["nothing", "svg with script", "pdf", "gif", "cut off", "bomb"],
)
def test_what_is_no_picture_for_a_logo_is_refused_in_words(data):
    with pytest.raises(BadPicture, match="^The logo "):
        press.picture(data)
