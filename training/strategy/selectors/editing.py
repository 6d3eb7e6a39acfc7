"""What a coordinator reads before they change a strategy: which there are, what it said, and what a change means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import Http404

from training.people.models import Partnership
from training.strategy.changes import Change, changes
from training.strategy.models import Indicator, IndicatorValue, Strategy, Target
from training.strategy.pack import Pack, Status
from training.strategy.pack_reader import Known, packaged, read_pack
from training.strategy.pack_writer import from_yaml, pack_of

from .strategies import new_localities

DRAFT, CURRENT = Status.DRAFT, Status.CURRENT
FIRST = {CURRENT: 0, DRAFT: 1, Status.HISTORIC: 2}


def own_strategies(partnership: Partnership) -> list[Strategy]:
    """A partnership's, the current one first, then drafts, then those whose time is over."""
    return sorted(Strategy.objects.filter(partnership=partnership), key=lambda each: FIRST[Status(each.status)])


def own_strategy(partnership: Partnership, pack_id: str) -> Strategy:
    """One of them; any other does not exist (404)."""
    found = next((each for each in own_strategies(partnership) if each.pack_id == pack_id), None)
    if found is None:
        raise Http404
    return found


def examples(partnership: Partnership) -> list[Pack]:
    """The packaged strategies from which a partnership may begin its own."""
    own = {each.pack_id for each in own_strategies(partnership)}
    return [read_pack(name) for name in packaged() if name not in own]


def known_to(partnership: Partnership) -> Known:
    """What a partnership's strategy may follow: one of its own, or an example."""

    def find(pack_id: str) -> Pack | None:
        held = Strategy.objects.filter(pack_id=pack_id).first()
        if held is not None:
            return pack_of(held) if held.partnership_id in (None, partnership.pk) else None
        return read_pack(pack_id) if pack_id in packaged() else None

    return Known(find, "among your strategies and the examples")


def is_an_example(pack_id: str) -> bool:
    """Whether a strategy with this id stands here as nobody's."""
    return Strategy.objects.filter(pack_id=pack_id, partnership=None).exists()


def may_follow(strategy: Strategy) -> list[tuple[str, str]]:
    """Id and title of the strategies that this one may be said to follow: older ones, its own or examples."""
    own = Q(partnership=strategy.partnership_id) | Q(partnership=None)
    found = Strategy.objects.filter(own, from_year__lte=strategy.from_year).exclude(pk=strategy.pk)
    named = [(each.pack_id, f"{each.title} ({each.years})") for each in found]
    follows = (strategy.succeeds or {}).get("pack", "")
    if follows and follows not in dict(named):
        named.append((follows, follows))
    return named


def aims(strategy: Strategy) -> list[tuple[Indicator, Target | None]]:
    """Every indicator that its outcomes name or that it aims at, with its target."""
    targets = {each.indicator_id: each for each in strategy.targets.all()}
    named = Q(outcomes__objective__priority__strategy=strategy) | Q(targets__strategy=strategy)
    return [(each, targets.get(each.pk)) for each in Indicator.objects.filter(named).distinct()]


@dataclass(frozen=True, slots=True)
class Before:
    """What a strategy said for a while, and what the change at its end was. `number` names it in an address."""

    number: int
    said_from: datetime
    replaced_at: datetime
    content: str
    pack: Pack
    changes: tuple[Change, ...]


def said_before(strategy: Strategy, number: int) -> Before:
    """One former wording, with how the next one differed (404 for what is not the strategy's)."""
    rows = list(strategy.former.order_by("replaced_at", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == number), None)
    if place is None:
        raise Http404
    row = rows[place]
    then = from_yaml(row.content)
    after = from_yaml(rows[place + 1].content) if place + 1 < len(rows) else pack_of(strategy)
    differs = tuple(changes(then, after, Indicator.titles()))
    return Before(row.pk, row.said_from, row.replaced_at, row.content, then, differs)


def pack_as_known(strategy: Strategy, moment: datetime) -> Pack | None:
    """What a strategy said at a moment; None before it was first loaded, and of a draft's earlier days."""
    if moment >= strategy.loaded_at:
        return pack_of(strategy)
    row = strategy.former.filter(said_from__lte=moment, replaced_at__gt=moment).first()
    return from_yaml(row.content) if row else None


def what_it_means(partnership: Partnership, before: Pack | None, after: Pack) -> list[str]:
    """What follows from saving `after`, in sentences."""
    strategy = Strategy.objects.filter(partnership=partnership, pack_id=after.id).first()
    means = list(_who_reads(before, after))
    if before is not None and before.targets != after.targets and after.status is CURRENT:
        means.append(
            "Pages show figures of every day, earlier ones too, beside the targets that stand now. "
            "What stood before stays to be read below the strategy."
        )
    if strategy is not None and before is not None:
        means += [*_for_board_packs(strategy, before, after), *_for_values(partnership, before, after)]
        means += _for_later(after)
    if after.status is not DRAFT and (fresh := new_localities(after, partnership)):
        names = ", ".join(each.name for each in fresh)
        means.append(f"New localities of the partnership: {names}. A strategy never takes a locality away.")
    return means


def _who_reads(before: Pack | None, after: Pack) -> Iterator[str]:
    was = before.status if before else None
    if after.status is DRAFT:
        yield "It is a draft: it is on no public page, and no figure is held against it until it is current."
    elif was in (None, DRAFT):
        yield "Anyone can read it at once, on the public pages."
    else:
        yield "Anyone can read the new wording at once, on the public pages."
    if after.status is CURRENT and was is not CURRENT:
        yield "From now on figures are held against it, on the board's page and in public."
    if was is CURRENT and after.status is not CURRENT:
        yield "No strategy is current then: figures stand without targets until another one is."


def _for_board_packs(strategy: Strategy, before: Pack, after: Pack) -> Iterator[str]:
    """Board packs stand in the room above, and point down at their strategy."""
    states = dict(strategy.board_packs.order_by().values_list("state").annotate(Count("pk")))
    frozen = states.pop("frozen", 0)
    if frozen:
        yield f"{_packs(frozen)} frozen against it. What is frozen keeps its words, targets and colours."
    if open_now := sum(states.values()):
        yield f"{_packs(open_now)} open. The new wording is in it with the next count, at the latest when it is frozen."
        gone = _refs(before) - _refs(after)
        lost = strategy.board_packs.exclude(state="frozen").filter(narratives__about__in=gone)
        about = sorted(set(lost.exclude(narratives__text="").values_list("narratives__about", flat=True)) & gone)
        if about:
            yield f"Words already written there about {', '.join(about)} are no longer shown."


def _packs(count: int) -> str:
    return "1 board pack is" if count == 1 else f"{count} board packs are"


def _refs(pack: Pack) -> set[str]:
    return {each.ref for each in pack.priorities} | {each.ref for each in pack.outcomes}


def _for_values(partnership: Partnership, before: Pack, after: Pack) -> Iterator[str]:
    given = IndicatorValue.objects.known_now().filter(partnership=partnership)
    counts = dict(given.order_by().values_list("indicator__code").annotate(Count("pk")))
    if not counts:
        return
    yield "Figures already given from outside stay as they are: they belong to the indicator, not to these words."
    named = [{code for each in pack.outcomes for code in each.indicators} for pack in (before, after)]
    for code in sorted((named[0] - named[1]) & set(counts)):
        title = Indicator.objects.get(code=code).title
        yield f"{title} has {counts[code]} given from outside, and no outcome names it any more."


def _for_later(after: Pack) -> Iterator[str]:
    """Strategies that say that they carry on what is gone now."""
    ours = {each.ref for each in after.outcomes}
    for later in Strategy.objects.filter(succeeds__pack=after.id):
        links = (later.succeeds or {}).get("outcomes", {})
        if gone := ", ".join(sorted({ref for refs in links.values() for ref in refs} - ours)):
            yield f"{later.title} says that it carries on {gone}, which is no outcome here: put its links right."
