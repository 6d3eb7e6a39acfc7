"""The little HTML a course may use: what a page can show without a style or script of its own."""

from html.parser import HTMLParser

PLAIN_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "b", "i", "a"}


class _TagReader(HTMLParser):
    """Collects what is wrong with a piece of HTML: tags we do not use, or left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in PLAIN_TAGS:
            self.problems.append(f"<{tag}> is not one of the plain tags")
        allowed = {"href"} if tag == "a" else set()
        self.problems += [f"{name} is not allowed on <{tag}>" for name, _ in attrs if name not in allowed]
        self.problems += [
            f"the link to {value} must begin with https://"
            for _, value in attrs
            if not (value or "").startswith("https://")
        ]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def _refuse(self, data: str) -> None:
        # A browser may end a comment sooner than this reader does, and run what stands behind.
        self.problems.append("a comment or declaration is not allowed")

    handle_comment = handle_decl = handle_pi = unknown_decl = _refuse  # type: ignore[assignment]


def plain_html(html: str) -> str:
    """The same text, or a ValueError that lists every tag or attribute out of place."""
    reader = _TagReader()
    reader.feed(html)
    reader.close()
    problems = reader.problems + [f"<{tag}> is left open" for tag in reader.open]
    if problems:
        raise ValueError("; ".join(problems))
    return html
