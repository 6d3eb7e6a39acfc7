"""A rulebook as it would be if one rule said something else. Pure."""

from dataclasses import replace
from datetime import date

from training.pathways.rulebook import PartnershipRule, Rulebook
from training.pathways.rules import Rule, RuleVersion
from training.pathways.spans import ONE_DAY

NEW = 0
"""Stands for a rule that has no row yet."""


def about_module(book: Rulebook, module: int) -> Rulebook:
    """The rulebook with the rules of one module alone, so that nothing else is worked out."""
    rules = tuple(each for each in book.rules if each.rule.module == module)
    return replace(book, rules=rules, _by_agency={})


def with_rule(book: Rulebook, partnership: int, rule: Rule) -> Rulebook:
    """The rulebook with this rule in the place of the one of that name; without versions it is left out."""
    rules = [each for each in book.rules if each.rule.requirement != rule.requirement]
    if rule.versions:
        rules.append(PartnershipRule(partnership, rule))
    return replace(book, rules=tuple(rules), _by_agency={})


def cut(versions: tuple[RuleVersion, ...], day: date) -> tuple[RuleVersion, ...]:
    """What is left when nothing may run on this day or later, as the services of rules write it."""
    before = [version for version in versions if version.starts_on < day]
    return tuple(
        version if version.ends_on and version.ends_on < day else replace(version, ends_on=day - ONE_DAY)
        for version in before
    )
