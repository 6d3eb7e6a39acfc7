"""Every room says what it is for, and nothing grows past the size of a whole thought."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("training", "courses", "certificates", "champions", "home")


def sources(*folders: str) -> list[Path]:
    """The Python files of these folders, migrations aside."""
    return [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]


def rooms() -> list[Path]:
    """The packages that are rooms: those Django installs, and the project package."""
    return sorted({path.parent for room in ROOMS for path in (ROOT / room).rglob("apps.py")})


@pytest.mark.parametrize("room", rooms(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_says_in_one_line_what_it_is_for(room):
    tree = ast.parse((room / "__init__.py").read_text())
    purpose = ast.get_docstring(tree) or ""
    assert len(tree.body) == 1, "an __init__.py holds its purpose and no code"
    assert 0 < len(purpose) < 70
    assert ";" not in purpose
    assert "\n" not in purpose


def test_no_file_passes_500_lines():
    long = [
        (str(path.relative_to(ROOT)), count)
        for path in sources(*ROOMS, "tests")
        if (count := path.read_text().count("\n")) > 500
    ]
    assert long == []


def test_no_function_passes_60_lines():
    long = []
    for path in sources(*ROOMS, "tests"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = node.end_lineno - node.lineno + 1
                if count > 60:
                    long.append((str(path.relative_to(ROOT)), node.name, count))
    assert long == []


def test_no_room_is_called_common():
    banned = {"core", "common", "utils", "helpers", "mixins", "misc"}
    assert [str(path) for path in sources(*ROOMS) if path.stem in banned or path.parent.name in banned] == []
