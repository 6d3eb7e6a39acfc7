"""Modules that are held with others or recorded from elsewhere: what their course pages say.

`read_held` refuses a file in which a module names a way that is not there.
"""

from pathlib import Path
from typing import Self

from pydantic import model_validator

from courses.content.base import Html, Part, Text, read_yaml


class HeldWelcome(Part):
    """What every such page says of safety."""

    stop: Html
    quiet_route: Html
    support: Html


class HeldWay(Part):
    """How a place is booked, and how it gets on the record."""

    book: Text
    record: Text


class Held(Part):
    """The ways there are, and which module is done in which."""

    welcome: HeldWelcome
    ways: dict[str, HeldWay]
    modules: dict[str, str]

    @model_validator(mode="after")
    def names_ways_that_are_there(self) -> Self:
        if missing := set(self.modules.values()) - set(self.ways):
            raise ValueError(f"no such way: {', '.join(sorted(missing))}")
        return self


def read_held() -> Held:
    """The packaged text."""
    return Held.model_validate(read_yaml(Path(__file__).with_name("held.yaml")))
