"""Cut off in a lesson: whatever the server had acknowledged stands, and nothing is done that was not.

One learner for each kind of cut goes through a whole course, and every request of theirs is cut that way once. What
stands then is what stood before the request or what is to stand after it; the request is sent again, as a browser does
for whoever presses again; and in the end each learner has what an undisturbed one has, and one entry in the ledger.
"""

from collections import Counter
from http.client import HTTPException
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from courses.models import Answer, Attempt, FinalTry, Visit
from courses.services.loading import load_course
from tests.courses.conftest import course_text
from tests.factories import ModuleFactory, PersonFactory, RoleGroupFactory, TermFactory, UserFactory
from tests.faults.learner import Ask, Browser, journey
from tests.faults.server import Server
from tests.faults.stages import AT, make_world
from tests.scratch import wait_for_others
from training.ledger.models import Completion
from training.ledger.verify import verify
from training.people.models import Agency, Partnership, Person

pytestmark = pytest.mark.faults
KILLS = (
    "killed before the first write",
    "killed after the first write",
    "killed before the second write",
    "killed before the commit",
    "killed after the commit",
    "killed before the answer",
    "killed after the answer",
)
NETWORK = ("cut on the way there", "cut on the way back")
State = dict[str, Any]


def learner(name: str) -> tuple[Person, str]:
    """Somebody new, and the session they are signed in with."""
    user = UserFactory(email=f"{name.replace(' ', '-')}@svh.example")
    person = PersonFactory(user=user)
    TermFactory(
        post__employment__person=person,
        post__employment__agency=Agency.objects.get(code="SVH"),
        role_group=RoleGroupFactory(code="MIDWIFE"),
    )
    client = Client()
    client.force_login(user)
    session = client.session
    assert isinstance(session, SessionStore)
    return person, session.session_key or ""


def standing(person: Person) -> State:
    """All that stands of somebody's learning, in words that are the same for everybody."""
    answers = Answer.objects.of(person).order_by("pk")
    return {
        "attempts": list(Attempt.objects.of(person).values_list("state", "last_lesson", "last_place", "tomorrow")),
        "visits": sorted((visit.lesson, visit.done_at is not None) for visit in Visit.objects.of(person)),
        "answers": [
            (row.final_try, "" if row.final_try else row.question, row.chosen, row.is_correct, row.times)
            for row in answers
        ],
        "tries": [
            (row.number, row.marked_at is not None, row.right_count, row.is_passed)
            for row in FinalTry.objects.of(person)
        ],
        "ledger": list(Completion.objects.of(person).values_list("module__code", "method")),
    }


class Trial:
    """One learner, cut off in one way again and again."""

    def __init__(self, server: Server, cut: str, expected: list[State] | None) -> None:
        self.person, session = learner(cut or "undisturbed")
        self.server, self.cut, self.expected = server, cut, expected
        self.browser = Browser(server.port, session)
        self.states, self.count, self.losses = [standing(self.person)], Counter(), []

    def run(self) -> None:
        """The whole course."""
        for number, ask in enumerate(journey(self.browser)):
            if self.cut:
                self._cut(number, ask)
            self.browser.send(ask)
            self.states.append(standing(self.person))
            if self.expected and self.states[-1] != self.expected[number + 1]:
                self._lose(ask, "sent again", self.states[-1], self.expected[number + 1])

    def _cut(self, number: int, ask: Ask) -> None:
        """Once here, and look at what stands."""
        assert self.expected is not None, "an undisturbed learner has gone first"
        before, after = self.expected[number : number + 2]
        is_heard = self._send(ask)
        wait_for_others()
        seen = standing(self.person)
        self.count["cuts"] += 1
        self.count["acknowledged" if is_heard else "done, unheard" if seen == after != before else "not done"] += 1
        if seen != after and (is_heard or seen != before):
            self._lose(ask, "acknowledged" if is_heard else "half done", seen, before, after)

    def _send(self, ask: Ask) -> bool:
        """Whether the answer came before the cut did."""
        if self.cut in NETWORK:
            (self.browser.half_send if self.cut == NETWORK[0] else self.browser.send_unheard)(ask)
            self._idle()
            return False
        is_heard = True
        try:
            self.browser.send(ask, self.cut)
        except (OSError, HTTPException):
            is_heard = False
            self.server.wait()
        else:
            self.server.kill()
        self.server.start()
        return is_heard

    def _idle(self) -> None:
        """Until the server is done with what it was sent: it does one thing after the other."""
        Browser(self.server.port, "").send(Ask("/healthz"))

    def _lose(self, ask: Ask, what: str, seen: State, *others: State) -> None:
        odd = {place: [seen[place], *(other[place] for other in others)] for place in seen}
        odd = {place: values for place, values in odd.items() if any(value != values[0] for value in values)}
        self.losses.append(f"{self.cut}, {ask}: {what}: {odd}")


@pytest.fixture
def server(db):
    """The site with one small course."""
    make_world()
    module = ModuleFactory(code="DA-A1")
    load_course(course_text(), partnership=module.pathway.partnership, at=AT)
    _warm_up()
    served = Server()
    served.start()
    yield served
    served.kill()


def _warm_up() -> None:
    """What every child would have to read for itself: addresses and templates."""
    _, session = learner("warm")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.post("/learning/small/start/")
    for page in ("", "part-1/", "part-2/", "part-3/", "part-9/"):
        client.get(f"/learning/small/{page}")


def test_nothing_acknowledged_is_lost_and_nothing_is_finished_falsely(server):
    undisturbed = Trial(server, "", None)
    undisturbed.run()
    expected = undisturbed.states
    assert expected[-1]["ledger"] == [("DA-A1", "online")]
    count, losses = Counter(), []
    for cut in (*KILLS, *NETWORK):
        trial = Trial(server, cut, expected)
        trial.run()
        count += trial.count
        losses += trial.losses
        print(f"  {cut}: {dict(trial.count)}", flush=True)
    print(f"faults: {count['cuts']} cuts in lessons, {len(losses)} losses ({connection.vendor}: {dict(count)})")
    assert losses == []
    assert verify(Partnership.objects.get()).is_intact
