"""What has to be done first, in SCORM 1.2's own small language."""

import pytest

from courses.packages.prerequisites import NotUnderstood, read_prerequisites

STATUS = {"a": "passed", "b": "completed", "c": "failed", "d": "incomplete"}


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("a", True),
        ("c", False),
        ("never-opened", False),
        ("a&b", True),
        ("a & d", False),
        ("d|b", True),
        ("d | c & a", False),
        ("(d | a) & b", True),
        ("~d", True),
        ("~(a & b)", False),
        ('c="failed"', True),
        ('c="F"', True),
        ('a<>"passed"', False),
        ('e="not attempted"', True),
        ("2*{a,b,c}", True),
        ("3*{a,b,c}", False),
    ],
)
def test_a_rule_is_met_or_not(text, is_met):
    assert read_prerequisites(text)(STATUS) is is_met


@pytest.mark.parametrize(
    "text", ["", "a &", "a b", "(a", "x*{a}", "2*{a", "~" * 30 + "a", 'a="', "&", "a=&", "a&" * 1000 + "a"]
)
def test_what_is_not_of_the_language_is_not_guessed_at(text):
    with pytest.raises(NotUnderstood):
        read_prerequisites(text)(STATUS)
