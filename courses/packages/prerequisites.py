"""SCORM 1.2's prerequisites: what must be done before an item opens, as its manifest writes it.

A small language (AICC CMI001, 6.2): keys joined by & and |, ~ for not, parentheses, `key="status"`, `key<>"status"`,
and `2*{a,b,c}` for so many of a set.
"""

import re
from collections.abc import Callable, Mapping

Rule = Callable[[Mapping[str, str]], bool]
WORD = re.compile(r"""\s*(?:(?P<text>"[^"]*")|(?P<sign><>|[&|~()=*{},])|(?P<name>[^\s&|~()=*{},<>"]+))""")
DONE = ("passed", "completed")
SHORT = {"p": "passed", "c": "completed", "f": "failed", "i": "incomplete", "b": "browsed", "n": "not attempted"}
MOST_DEEP = 20
LONGEST = 2_000  # ten times what the standard has; it is read again with every commit


class NotUnderstood(Exception):
    """The text is not of the language."""


def read_prerequisites(text: str) -> Rule:
    """The rule that a text states, over the status of each item by key. Raises NotUnderstood."""
    if len(text) > LONGEST:
        raise NotUnderstood("too long")
    return _Reader(_words(text)).whole()


def _words(text: str) -> list[str]:
    words, place, text = [], 0, text.strip()
    while place < len(text):
        found = WORD.match(text, place)
        if found is None:
            raise NotUnderstood(text[place : place + 20])
        words.append(found.group().strip())
        place = found.end()
    return words


class _Reader:
    """The words from left to right; `&` binds closer than `|`."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.deep = 0

    def whole(self) -> Rule:
        rule = self.either()
        if self.words:
            raise NotUnderstood(self.words[0])
        return rule

    def either(self) -> Rule:
        rules = [self.both()]
        while self._next() == "|":
            self.words.pop(0)
            rules.append(self.both())
        return lambda status: any(rule(status) for rule in rules)

    def both(self) -> Rule:
        rules = [self.one()]
        while self._next() == "&":
            self.words.pop(0)
            rules.append(self.one())
        return lambda status: all(rule(status) for rule in rules)

    def one(self) -> Rule:
        word = self._take()
        if word == "~":
            rule = self._inside(self.one)
            return lambda status: not rule(status)
        if word == "(":
            rule = self._inside(self.either)
            self._take(")")
            return rule
        if self._next() == "*":
            return self._so_many(word)
        if self._next() in ("=", "<>"):
            return self._compared(word)
        return _is_done(_named(word))

    def _so_many(self, word: str) -> Rule:
        if not word.isdecimal():
            raise NotUnderstood(word)
        self._take("*")
        self._take("{")
        rules = [_is_done(_named(self._take()))]
        while self._next() == ",":
            self.words.pop(0)
            rules.append(_is_done(_named(self._take())))
        self._take("}")
        least = int(word)
        return lambda status: sum(rule(status) for rule in rules) >= least

    def _compared(self, word: str) -> Rule:
        is_equal, key, said = self._take() == "=", _named(word), self._take()
        wanted = (said[1:-1] if said.startswith('"') else _named(said)).lower()
        wanted = SHORT.get(wanted, wanted)
        return lambda status: (status.get(key, "not attempted") == wanted) is is_equal

    def _inside(self, read: Callable[[], Rule]) -> Rule:
        self.deep += 1
        if self.deep > MOST_DEEP:
            raise NotUnderstood("nested too deeply")
        rule = read()
        self.deep -= 1
        return rule

    def _next(self) -> str:
        return self.words[0] if self.words else ""

    def _take(self, wanted: str = "") -> str:
        if not self.words or (wanted and self.words[0] != wanted):
            raise NotUnderstood(self._next() or "the end")
        return self.words.pop(0)


def _named(word: str) -> str:
    if WORD.fullmatch(word) is None or word[0] in '&|~()=*{},<"':
        raise NotUnderstood(word)
    return word


def _is_done(key: str) -> Rule:
    return lambda status: status.get(key) in DONE
