"""The scripts leave nothing behind."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = """#!/bin/sh
case "$*" in
-\\ *) cat >/dev/null; exit 0 ;;
*"{long}"*) echo $$ >>"$PIDS"; exec sleep 60 ;;
*"{failing}"*) exit 7 ;;
*worker*) echo $$ >>"$PIDS"; exec sleep 60 ;;
esac
"""


@pytest.fixture
def demo(tmp_path):
    """Starts scripts/demo from a clean shell, with stand-ins in its .venv: one that runs for long, one that fails."""

    def start(*, long: str, failing: str = "nothing"):
        programs = tmp_path / ".venv" / "bin"
        for folder in (programs, tmp_path / "scripts"):
            folder.mkdir(parents=True)
        script = shutil.copy(ROOT / "scripts" / "demo", tmp_path / "scripts")
        for name in ("python", "gunicorn"):
            (programs / name).write_text(STAND_IN.format(long=long, failing=failing))
            (programs / name).chmod(0o755)
        clean = {"PATH": "/usr/bin:/bin", "PIDS": str(tmp_path / "pids")}
        return subprocess.Popen([str(script)], env=clean, cwd="/", stdout=subprocess.DEVNULL)

    # What a shell runs in the background ignores interrupts, and so would all that it starts
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield start
    signal.signal(signal.SIGINT, before)


def started(tmp_path, many: int) -> list[int]:
    """The ids of so many running stand-ins."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        pids = (tmp_path / "pids").read_text().split() if (tmp_path / "pids").exists() else []
        if len(pids) == many:
            return [int(pid) for pid in pids]
        time.sleep(0.05)
    raise AssertionError("the demo did not start what it should")


@pytest.mark.parametrize(("long", "many"), [("wsgi", 2), ("manage.py demo", 1)])
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_to_the_demo_alone_stops_all_that_it_started(demo, tmp_path, long, many, sent, status):
    script = demo(long=long)
    pids = started(tmp_path, many)
    script.send_signal(sent)
    assert script.wait(timeout=60) == status
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.parametrize("failing", ["wsgi", "manage.py demo"])
def test_a_step_that_fails_ends_the_demo_with_its_status(demo, tmp_path, failing):
    script = demo(long="no-such", failing=failing)
    assert script.wait(timeout=60) == 7
    # The worker may have been stopped before it could say its id.
    pids = (tmp_path / "pids").read_text().split() if (tmp_path / "pids").exists() else []
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


@pytest.fixture
def checked(tmp_path):
    """Runs scripts/checks with stand-ins that all do well, but for those whose doings are given."""

    def run(**doings: str) -> subprocess.CompletedProcess:
        for name in ("ruff", "djlint", "lint-imports", "python", "mypy"):
            (tmp_path / name).write_text(f"#!/bin/sh\n{doings.get(name, 'exit 0')}\n")
            (tmp_path / name).chmod(0o755)
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PIDS": str(tmp_path / "pids")}
        return subprocess.run(
            [ROOT / "scripts" / "checks"], env=environment, capture_output=True, text=True, timeout=60
        )

    return run


def test_types_that_do_not_hold_are_told_and_fail_the_checks(checked):
    done = checked(mypy="echo wrong; exit 2")
    assert done.returncode == 1
    assert done.stdout.endswith("==> Types\nwrong\n")


def test_a_check_that_fails_ends_the_checks_and_what_reads_the_types(checked, tmp_path):
    once_mypy_runs = 'until [ -s "$PIDS" ]; do sleep 0.05; done; exit 7'
    done = checked(mypy='echo $$ >"$PIDS"; exec sleep 100', djlint=once_mypy_runs)
    assert done.returncode == 7
    assert done.stdout.endswith("==> Templates\n")
    (pid,) = started(tmp_path, 1)
    assert not Path(f"/proc/{pid}").exists()
