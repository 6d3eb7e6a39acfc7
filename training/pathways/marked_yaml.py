"""YAML read strictly into a frozen model, with every fault named by file, line and reason.

Used for files that people write by hand: catalogues here, packs in the strategy room.
"""

import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Place = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

Fault = tuple[Place, str]
"""A place and what is wrong there."""


DEEPEST = 50


class Row(BaseModel):
    """A part of a file: exact types, no unknown keys, never changed once read."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


Model = TypeVar("Model", bound=Row)


@dataclass(frozen=True)
class Problem:
    line: int
    reason: str


class FileError(ValueError):
    """A file that cannot be used; its text names file, line and reason for each problem."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        self.line = self.problems[0].line
        super().__init__("\n".join(f"{path.name}, line {found.line}: {found.reason}" for found in self.problems))


class _Loader(yaml.CSafeLoader):
    """Safe YAML without repeated keys, and with dates left as text for the model; parsed in C, ten times as fast."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, form) for tag, form in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} is written twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_marked(
    path: Path,
    model: type[Model],
    error: type[FileError],
    check: Callable[[Model], Iterable[Fault]],
) -> Model:
    """The file as `model`, once `check` finds no fault in it; raises `error` otherwise."""
    root, plain = _parse(path, error)
    try:
        # Strict JSON lets a list be a tuple and a word an enum, and nothing else be coerced.
        found = model.model_validate_json(plain)
    except ValidationError as invalid:
        faults = [(each["loc"], _reason(each["loc"], each["msg"])) for each in invalid.errors()]
    else:
        faults = list(check(found))
        if not faults:
            return found
    raise error(path, [Problem(_line_of(root, place), reason) for place, reason in faults])


def _parse(path: Path, error: type[FileError]) -> tuple[yaml.Node, str]:
    """The file as nodes, which know their lines, and as JSON."""
    try:
        text = path.read_text(encoding="utf-8")
        _look_over(text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise yaml.MarkedYAMLError(problem="the file is empty")
        return root, json.dumps(loader.construct_document(root))
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = mark.line + 1 if mark else 1
        reason = broken.problem or "this is not YAML"
        raise error(path, [Problem(line, reason)]) from broken
    except (
        OSError,
        ValueError,
        TypeError,
        yaml.YAMLError,
        RecursionError,
    ) as unreadable:
        reason = f"the file cannot be read: {unreadable}"
        raise error(path, [Problem(1, reason)]) from unreadable


def _look_over(text: str) -> None:
    """Raise MarkedYAMLError for aliases, and for lists in lists without end, which would fell the parser in C."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            problem = "it goes too deep" if depth > DEEPEST else "aliases are not used here"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _line_of(node: yaml.Node, place: Place) -> int:
    """The line of `place`, or of the nearest thing around it that is in the file."""
    line = node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                return line
            key, node = pairs[step]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _reason(place: Place, message: str) -> str:
    named = ".".join(str(step) for step in place)
    return f"{named}: {message}" if named else message


def repeated(codes: Iterable[str]) -> list[tuple[int, str]]:
    """Position and code of every code that has been met before."""
    seen: set[str] = set()
    again = []
    for position, code in enumerate(codes):
        if code in seen:
            again.append((position, code))
        seen.add(code)
    return again
