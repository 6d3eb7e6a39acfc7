"""YAML read strictly into a frozen model, with every fault named by file, line and reason.

Used for files that people write by hand: catalogues here, packs in the strategy room.
"""

import json
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from training.ui.text import turned

Place = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

Fault = tuple[Place, str]
"""A place and what is wrong there."""


DEEPEST, MOST_EVENTS, LONGEST_TEXT = 50, 40_000, 4_000  # several times what any file of ours holds
MOST_FAULTS = 200  # told at once: each takes a search for its line
TEXT_SIGNS = "\t\n\r"
NO_TEXT = ("Cc", "Cs")
BROKEN = {
    "found character that cannot start any token": "a tab, or a sign such as @, stands where a text or its "
    "indentation begins: indent with spaces, and put the text in quotation marks",
    "mapping values are not allowed in this context": "there is a colon too many, or the line is not indented as the "
    "one above: put a text with a colon in quotation marks",
    "did not find expected key": "this does not fit what stands above: look at indentation and quotation marks",
    "did not find expected '-' indicator": "a line of this list does not begin with -",
    "did not find expected ',' or ']'": "a list in [ ] is not closed, or a comma is missing in it",
    "did not find expected ',' or '}'": "a group in { } is not closed, or a comma is missing in it",
    "could not find expected ':'": "a key is not followed by a colon",
    "found unexpected end of stream": "the file ends in the middle of a text: a quotation mark is not closed",
    "control characters are not allowed": "there is a sign here that is no text",
    "but found another document": "there is a second document here: leave out the line ---",
}
"""What the parser says, in words for whoever wrote the file; what is not here stands as the parser says it."""

UNFIT: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is no key that can stand here: look at its spelling",
    "string_type": "should be text: put it in quotation marks",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "is not written as it should be ({pattern})",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "enum": "should be {expected}",
    "tuple_type": "should be a list",
    "dict_type": "should be a group of keys",
    "model_type": "should be a group of keys",
    "model_attributes_type": "should be a group of keys",
    "greater_than_equal": "should be {ge} or more",
    "less_than_equal": "should be {le} or less",
    "value_error": "{error}",
}
"""The same for what the model says, by the kind of error."""


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
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key should be one word", problem_mark=key.start_mark)
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
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as unreadable:
        raise error(path, [Problem(1, f"the file cannot be read: {unreadable}")]) from unreadable
    return read_marked_bytes(path, data, model, error, check)


def read_marked_bytes(
    path: Path,
    data: bytes,
    model: type[Model],
    error: type[FileError],
    check: Callable[[Model], Iterable[Fault]],
) -> Model:
    """The same of bytes that are at hand; `path` is what faults call the file."""
    root, plain = _parse(path, data, error)
    try:
        # Strict JSON lets a list be a tuple and a word an enum, and nothing else be coerced.
        found = model.model_validate_json(plain)
    except ValidationError as invalid:
        faults = _faults_of_shape(invalid)
    else:
        faults = list(check(found))
        if not faults:
            return found
    problems = [Problem(_line_of(root, place), reason) for place, reason in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        problems.append(Problem(root.end_mark.line + 1, f"and {len(faults) - MOST_FAULTS} more, told after these"))
    raise error(path, problems)


def _faults_of_shape(invalid: ValidationError) -> list[Fault]:
    """What the model refuses, in words."""
    errors = invalid.errors(include_url=False, include_input=False)
    return [(each["loc"], _reason(each["loc"], _in_words(each))) for each in errors]


def _in_words(error: Mapping[str, Any]) -> str:
    said = UNFIT.get(error["type"])
    return said.format(**error.get("ctx", {})) if said else error["msg"]


def _parse(path: Path, data: bytes, error: type[FileError]) -> tuple[yaml.Node, str]:
    """The file as nodes, which know their lines, and as JSON."""
    try:
        text = data.decode("utf-8-sig")
        _look_over(text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise yaml.MarkedYAMLError(problem="the file is empty")
        return root, json.dumps(loader.construct_document(root))
    except UnicodeDecodeError as undecoded:
        line = data.count(b"\n", 0, undecoded.start) + 1
        raise error(path, [Problem(line, "this is not text in UTF-8")]) from undecoded
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = mark.line + 1 if mark else 1
        reason = broken.problem or "this is not YAML"
        raise error(path, [Problem(line, BROKEN.get(reason, reason))]) from broken
    except yaml.reader.ReaderError as unread:
        line = text.count("\n", 0, unread.position) + 1
        raise error(path, [Problem(line, BROKEN.get(str(unread.reason), str(unread.reason)))]) from unread
    except (ValueError, TypeError, yaml.YAMLError, RecursionError) as unreadable:
        raise error(path, [Problem(1, f"the file cannot be read: {unreadable}")]) from unreadable


def _look_over(text: str) -> None:
    """Raise MarkedYAMLError for what would fell the parser or the tables, and for what is no plain YAML.

    That is aliases, tags, lists in lists without end, and signs in a text that are none.
    """
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if problem := _unplain(event, depth, count):
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _unplain(event: yaml.Event, depth: int, count: int) -> str:
    if count > MOST_EVENTS:
        return "the file holds more than any of its kind does"
    if isinstance(event, yaml.AliasEvent):
        return "aliases are not used here"
    if depth > DEEPEST:
        return "it goes too deep"
    if getattr(event, "tag", None) is not None:
        return "tags (words that begin with !) are not used here"
    if not isinstance(event, yaml.ScalarEvent):
        return ""
    if len(event.value) > LONGEST_TEXT:
        return f"this is longer than {LONGEST_TEXT:,} characters"
    return turned(event.value) if _is_text(event.value) else "there is a sign here that is no text"


def _is_text(value: str) -> bool:
    if value.isprintable():
        return True
    return all(each in TEXT_SIGNS or unicodedata.category(each) not in NO_TEXT for each in value)


def _line_of(node: yaml.Node, place: Place) -> int:
    """The line of `place`, or of the nearest thing around it that is in the file."""
    line = node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                return line
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _reason(place: Place, message: str) -> str:
    """With the key that it is about; where that stands, the line says."""
    named = next((step for step in reversed(place) if isinstance(step, str)), "")
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
