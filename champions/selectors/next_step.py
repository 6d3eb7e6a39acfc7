"""What comes next for somebody in the network: one thing at a time, in words, with the page where it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from champions.conditions import Ending, words
from champions.models import Champion, ChampionTurn, ManagerQuestion, Nomination
from champions.selectors.facts import Known
from champions.selectors.managers import Manager, manager_of
from champions.status import Status, Turn
from training.access.access import Access
from training.access.clock import london_date
from training.pathways.models import Module
from training.people.models import Employment, Partnership, User

SOON = "It takes a minute."


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, or to wait for. `page` is a url name, blank where there is nothing to press.

    `modules`: training to do, each with the address of its course, blank where it has none.
    """

    title: str
    text: str = ""
    page: str = ""
    button: str = ""
    modules: tuple[tuple[str, str], ...] = ()


def next_step(known: Known, *, on: date, at: datetime) -> NextStep | None:
    """The first thing that is missing; none where all is in order."""
    if known.status == Status.STOOD_DOWN:
        return NextStep(
            "You have stood down", "You can return whenever you like.", "put-myself-forward", "Put myself forward again"
        )
    if known.status == Status.NOMINATED:
        return _towards_agreement(known, on=on, at=at)
    if known.facts.missing:
        courses = _courses(known)
        modules = tuple((title, courses.get(title, "")) for title in known.facts.missing)
        return NextStep("Do your training", "Training still to do:", "learning", "Go to my learning", modules)
    ending = next(iter(known.lapsed), known.next_ending)
    if ending is None:
        return None
    if ending.is_managers and (waits := _asked(known, ManagerQuestion.Asks.CHECK_IN, at)):
        return waits
    gone = ending.on < on
    title = f"{'Came' if gone else 'Comes'} to an end on {words(ending.on)}: {ending.what}"
    return NextStep(title, ending.do, *_where(ending))


def _courses(known: Known) -> dict[str, str]:
    """The addresses of the courses of what is missing, by the modules' titles: one on this site before another."""
    if known.champion is None:
        return {}
    modules = Module.objects.filter(pathway__partnership=known.champion.partnership_id, title__in=known.facts.missing)
    there = modules.filter(courses__live=True, courses__editions__isnull=False)
    rows = there.order_by("courses__is_online", "-courses__path").values_list("title", "courses__slug")
    return {title: reverse("course", args=[slug]) for title, slug in rows}


def _where(ending: Ending) -> tuple[str, str]:
    """The page that mends what ends, where there is one."""
    if ending.is_own_check_in:
        return "champion-check-in", "Check in"
    if ending.is_managers:
        return "ask-my-manager", "Ask my manager"
    if ending.is_by_meetings:
        return "meetings", "See the meetings"
    return "", ""


def _towards_agreement(known: Known, *, on: date, at: datetime) -> NextStep:
    if known.facts.life.awaits_own_yes:
        text = "Somebody has put you forward as a champion. It is for you to say whether you would like to be one."
        return NextStep("Would you like to be a champion?", text, "answer-nomination", "Read more and answer")
    if not known.facts.awaits_agreement:
        return NextStep("Your post", "There is no running post of yours in the partnership. Tell your coordinator.")
    if waits := _asked(known, ManagerQuestion.Asks.AGREE, at):
        return waits
    declined = known.facts.life.declined_on
    said = "You said no" if known.facts.life.is_own_no else "Your manager said no"
    before = f"{said} on {words(declined)}. You can ask again. " if declined else ""
    return NextStep("Ask your manager to agree", f"{before}{SOON}", "ask-my-manager", "Ask my manager")


def _asked(known: Known, asks: str, at: datetime) -> NextStep | None:
    """What the manager has been asked, while that waits for somebody else."""
    question = question_about(known.champion, asks)
    if question and question.answer == ManagerQuestion.Answer.YES and question.needs_confirming:
        text = "Your manager has answered. Your coordinator confirms it, because no roster names them as your manager."
        return NextStep("Wait for your coordinator", text)
    if question is None or not question.is_open(at):
        return None
    asked, until = words(london_date(question.asked_at)), words(london_date(question.open_until))
    text = f"Your manager was asked on {asked}, and can answer until {until}."
    return NextStep("Wait for your manager", text, "withdraw-question", "Take the question back")


def question_about(champion: Champion | None, asks: str = ManagerQuestion.Asks.AGREE) -> ManagerQuestion | None:
    """The last question about them that was not taken back."""
    if champion is None:
        return None
    rows = ManagerQuestion.objects.of(champion).filter(asks=asks, withdrawn_at=None, confirmed_at=None)
    return rows.order_by("-asked_at", "-pk").first()


def manager_for(known: Known, *, on: date) -> Manager | None:
    """The manager whom the roster names for the post."""
    return manager_of(known.post, on=on) if known.post else None


def is_to_answer(nomination: Nomination, found: Known | None) -> bool:
    """Whether somebody has an answer to give: not in the network, or gone from it before they were put forward.

    Of one day the moments decide.
    """
    if found is None:
        return True
    gone_on = found.facts.life.stood_down_on or found.facts.duty_ended_on
    if found.status != Status.STOOD_DOWN or gone_on is None:
        return False
    return nomination.nominated_on > gone_on or (
        nomination.nominated_on == gone_on and _stood_down_before(nomination, found.champion)
    )


def _stood_down_before(nomination: Nomination, champion: Champion | None) -> bool:
    turns = ChampionTurn.objects.everywhere(reason="which came first").filter(champion=champion)
    last = turns.filter(turn=Turn.STOOD_DOWN).order_by("recorded_at", "pk").last()
    return last is not None and last.recorded_at < nomination.recorded_at


def offers_to(access: Access, partnership: Partnership, found: Known | None) -> Nomination | None:
    """An address of one's own that was put forward, and not answered yet. `found`: where one stands there."""
    rosters = Employment.objects.everywhere(reason="one's own addresses").filter(person=access.person_id)
    own = {
        *rosters.values_list("work_email", flat=True),
        *User.objects.filter(pk=access.user_id or 0).values_list("email", flat=True),
    }
    rows = Nomination.objects.everywhere(reason="one's own address").filter(partnership=partnership, person=None)
    waiting = rows.filter(address__in=own - {""}, is_declined=False)
    return next((each for each in waiting if is_to_answer(each, found)), None)
