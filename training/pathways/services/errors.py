"""What these services refuse; the texts can be shown to a person."""


class PathwayError(Exception):
    """Something that a pathway cannot hold."""


class RuleRefused(PathwayError):
    """A rule that does not hang together; `reasons` says why, one a line."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class RuleLoosened(RuleRefused):
    """An agency's own rule that would ask less than its partnership's."""


class AlreadyWaiting(PathwayError):
    """A request for the same post and module waits."""


class OutOfScope(PathwayError):
    """Something named that is not the agency's: the whole is refused."""
