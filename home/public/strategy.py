"""What the page of a strategy tells: the promise, and how far it is as last published."""

from dataclasses import dataclass

from django.http import HttpRequest

from home.models import EasyReadPage, PartnershipPage, StrategyPage
from training.boards.contents import Contents, OutcomeRow, PublicLine
from training.boards.public import HEAD, shown_of, words_of
from training.boards.rag import Rating
from training.boards.selectors.published import Summary, published_contents, published_summaries
from training.strategy.models import Priority, Strategy
from training.strategy.selectors import succession_of, with_tree
from training.strategy.selectors.board import HEADLINES
from training.strategy.selectors.strategies import Succession
from training.ui.templatetags.ui import uk_date


@dataclass(frozen=True, slots=True)
class PriorityTold:
    """A priority, and the published figures under it: by outcome, those that training records show something of."""

    priority: Priority
    shown: list[tuple[OutcomeRow, list[PublicLine]]]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class StrategyTold:
    """Everything on the page. `latest` is what was last published about this strategy, if anything was."""

    strategy: Strategy
    succession: Succession
    priorities: tuple[PriorityTold, ...]
    latest: Summary | None
    words: tuple[str, ...]
    headlines: tuple[PublicLine, ...]
    summaries: tuple[Summary, ...]
    easy_url: str
    head: tuple[str, ...] = HEAD

    @property
    def stats(self) -> list[dict[str, str]]:
        """The headlines as `ui/stats.html` takes them."""
        return [
            {
                "value": line.text,
                "label": line.title,
                "note": ". ".join(filter(None, (line.counts, f"Target {line.target_text}" if line.has_target else ""))),
            }
            for line in self.headlines
        ]


@dataclass(frozen=True, slots=True)
class Published:
    """The figures last published about a strategy, by indicator code, and the summary they stand in."""

    summary: Summary
    lines: dict[str, PublicLine]


def published_of(strategy: Strategy) -> Published | None:
    """The same; none where nothing was published."""
    summaries = published_summaries(strategy) if strategy.partnership_id else []
    latest = next(iter(summaries), None)
    contents = published_contents(latest.uid) if latest else None
    return Published(latest, contents.figures.public) if latest and contents else None


def told_of(page: StrategyPage, site: PartnershipPage | None, request: HttpRequest) -> StrategyTold | None:
    """What the page tells, with figures from the latest published summary alone: nothing is counted for it.

    None where the strategy is a draft, or not of the partnership under whose first page the page hangs.
    """
    published = Strategy.objects.published().select_related("partnership")
    strategy = published.filter(pk=page.strategy_id).first()
    if strategy is None or site is None or strategy.partnership_id != site.partnership_id:
        return None
    summaries = published_summaries(strategy)
    latest = summaries[0] if summaries else None
    contents = published_contents(latest.uid) if latest else None
    shown = {priority.ref: outcomes for priority, outcomes in shown_of(contents)} if contents else {}
    figures_of = f"Figures of this priority, as at {uk_date(latest.as_at)}" if latest else ""
    tree = with_tree(strategy)
    easy = EasyReadPage.objects.child_of(page).live().first() if page.pk else None
    return StrategyTold(
        strategy=tree,
        succession=succession_of(strategy),
        priorities=tuple(PriorityTold(each, shown.get(each.ref, []), figures_of) for each in tree.priorities.all()),
        latest=latest,
        words=tuple(words_of(contents)) if contents else (),
        headlines=_headlines(contents) if contents else (),
        summaries=tuple(summaries),
        easy_url=easy.get_url(request) if easy else "",
    )


def _headlines(contents: Contents) -> tuple[PublicLine, ...]:
    """The few figures that say most, where there is anything to say."""
    public = contents.figures.public
    found = (public[code] for code in HEADLINES if code in public)
    return tuple(each for each in found if each.rating != Rating.NO_DATA)
