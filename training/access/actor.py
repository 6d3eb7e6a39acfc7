"""Who does a thing, as the audit and the ledger name them: never by name or address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A login ('user', its uid), a program ('system', its name), an agency's token ('token', its uid) or the public."""

    kind: str
    uid: str

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A command or a background job."""
        return cls("system", name)

    def __str__(self) -> str:
        return f"{self.kind}:{self.uid}"
