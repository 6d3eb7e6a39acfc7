"""From what is known of a post and its holder to one history for each module that some rule asks of it. Pure.

Rows come from the tables (`training.ledger.selectors.histories`) or from a file (`training.ledger.facts_file`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from training.ledger.expiry import Fact
from training.ledger.history import Attempt, Duty, Exemption, Extension, History, Term, Trigger
from training.pathways.rulebook import Rulebook
from training.pathways.rules import Rule
from training.pathways.spans import FOR_GOOD, Span, outside, overlap, span


@dataclass(frozen=True, slots=True)
class PostRows:
    """A post with its holder, its agency, and what it was."""

    pk: int
    person: int
    agency: int
    agency_kind: str
    terms: tuple[Term, ...]
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was agreed and done: completions by person and module, what was granted by post and module.

    Events by post; those that concern every post stand under None. `attempts` are the first and the last day of a run
    through a course, by person and module.
    """

    done: Mapping[int, Mapping[int, tuple[Fact, ...]]] = field(default_factory=dict)
    exemptions: Mapping[tuple[int, int], tuple[Exemption, ...]] = field(default_factory=dict)
    extensions: Mapping[tuple[int, int], tuple[Extension, ...]] = field(default_factory=dict)
    triggers: Mapping[int | None, tuple[Trigger, ...]] = field(default_factory=dict)
    attempts: Mapping[tuple[int, int], tuple[date, date | None]] = field(default_factory=dict)


def histories_of(post: PostRows, book: Rulebook, known: Known) -> Iterator[tuple[int, History]]:
    """Each module that some rule asked, asks or will ask of the post, with its history."""
    groups = {None, *(term.role_group for term in post.terms)}
    designations = {None, *(duty.designation for duty in post.duties)}
    asked: dict[tuple[int, int], list[Rule]] = {}
    for each in book.rules_for(post.agency, post.agency_kind):
        rule = each.rule
        if rule.role_group in groups and rule.designation in designations:
            asked.setdefault((each.partnership, int(rule.module)), []).append(rule)
    inside: dict[int, PostRows] = {}
    for (partnership, module), rules in asked.items():
        if partnership not in inside:
            inside[partnership] = _inside(post, book.members[post.agency][partnership])
        yield module, _history(inside[partnership], module, rules, book, known)


def _history(post: PostRows, module: int, rules: Sequence[Rule], book: Rulebook, known: Known) -> History:
    attempt = known.attempts.get((post.person, module))
    events = (*known.triggers.get(post.pk, ()), *known.triggers.get(None, ()))
    names = {name for rule in rules for name in (rule.requirement, *rule.laid_over)}
    return History(
        terms=post.terms,
        rules=tuple(rules),
        duties=post.duties,
        facts=tuple(_bearing_on(module, known.done.get(post.person, {}), book)),
        exemptions=known.exemptions.get((post.pk, module), ()),
        extensions=known.extensions.get((post.pk, module), ()),
        triggers=tuple(event for event in events if event.requirement in names),
        attempts=(Attempt(starts_on=attempt[0], ends_on=attempt[1]),) if attempt else (),
    )


def _bearing_on(module: int, done: Mapping[int, tuple[Fact, ...]], book: Rulebook) -> Iterator[Fact]:
    """Completions of the module, of its refreshers, and of modules that satisfy it."""
    for each in (module, *book.refreshers.get(module, ())):
        yield from done.get(each, ())
    for lender in dict.fromkeys(link.lender for link in book.links.get(module, ())):
        for fact in done.get(lender, ()):
            if link := book.link_for(lender, module, fact.completed_on):
                yield replace(fact, is_lent=True, lent_months=link.months)


def _inside(post: PostRows, spans: Sequence[Span]) -> PostRows:
    """The post as one partnership sees it: outside the days of its agency's membership, nothing asked and no duty.

    The days themselves stay, since leave moves dates wherever it was taken.
    """
    whole = spans[0]
    if all(overlap(span(row.starts_on, row.ends_on), whole) == span(row.starts_on, row.ends_on) for row in post.terms):
        return post
    terms = [piece for term in post.terms for piece in _pieces(term, spans)]
    duties = [
        replace(duty, starts_on=days.first, ends_on=_end(days))
        for duty in post.duties
        for each in spans
        if (days := overlap(span(duty.starts_on, duty.ends_on), each))
    ]
    return replace(post, terms=tuple(sorted(terms, key=lambda term: term.starts_on)), duties=tuple(duties))


def _pieces(term: Term, spans: Sequence[Span]) -> Iterator[Term]:
    """A term cut at the edges of the spans; what lies outside them is marked so."""
    days = span(term.starts_on, term.ends_on)
    for each in spans:
        if within := overlap(days, each):
            yield replace(term, starts_on=within.first, ends_on=_end(within))
    for left in outside(days, spans):
        yield replace(term, starts_on=left.first, ends_on=_end(left), is_outside=True)


def _end(days: Span) -> date | None:
    return None if days.last == FOR_GOOD else days.last
