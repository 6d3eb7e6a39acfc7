"""What every part of a course is made of: its kinds of text, how its file is read, and what refuses a repeated key."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from courses.content.plain_html import plain_html

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Html = Annotated[Text, AfterValidator(plain_html)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Minutes = Annotated[int, Field(gt=0)]


def refuse_repeats(what: str, keys: Iterable[str]) -> None:
    """Raise ValueError where a key comes twice."""
    repeated = [key for key, times in Counter(keys).items() if times > 1]
    if repeated:
        raise ValueError(f"{what} used twice: {', '.join(repeated)}")


def read_yaml(path: Path) -> Any:
    """What a file says; by the parser in C, which is ten times as fast."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506 - the safe one


class Part(BaseModel):
    """Whatever a course is made of: no unknown fields, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
