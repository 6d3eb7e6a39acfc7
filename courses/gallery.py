"""Samples of each block for the gallery (training/ui/gallery.py finds this file by its name)."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from courses.blocks import LessonBody
from courses.cards import directory_card, question_card
from courses.content.questions import KnowledgeCheck
from courses.content.told import Directory
from courses.models import LocalService
from training.ui.help_lines import NATIONAL_HELPLINE

BODY = LessonBody()
OPTIONS = [
    {"key": "listen", "text": "Listen", "correct": True, "feedback": "Yes."},
    {"key": "prove", "text": "Ask for proof", "correct": False, "feedback": "That is not your part."},
    {"key": "decide", "text": "Decide for them", "correct": False, "feedback": "They know their own risks."},
]
QUESTION = {
    "kind": "single",
    "prompt": "What is your part?",
    "options": OPTIONS,
    "explanation": "Your part is small, and it matters.",
    "read_again": "part-1",
}
ORDER = {
    **QUESTION,
    "key": "what-comes-first",
    "kind": "order",
    "prompt": "What comes first?",
    "options": [
        {"key": "alone", "text": "See them alone", "feedback": "Nothing can be asked while others listen."},
        {"key": "ask", "text": "Ask", "feedback": "Once it is safe to answer."},
        {
            "key": "note",
            "text": "Write down what was said",
            "feedback": "In their words, where others will not read it.",
        },
    ],
}
SORT = {
    **QUESTION,
    "key": "where-it-belongs",
    "kind": "match",
    "prompt": "Which of these helps?",
    "groups": [{"key": "helps", "text": "Helps"}, {"key": "harms", "text": "Could make it less safe"}],
    "options": [
        {"key": "listen", "text": "Listening", "goes_with": "helps", "feedback": "Being heard is where help begins."},
        {"key": "call", "text": "Ringing their home", "goes_with": "harms", "feedback": "You do not know who answers."},
        {"key": "time", "text": "Giving it time", "goes_with": "helps", "feedback": "They may tell you another day."},
    ],
}
STORY = {
    "key": "a-story",
    "title": "A quiet morning",
    "intro": "<p>You are at the front desk.</p>",
    "steps": [
        {
            "key": "one",
            "text": "<p>Somebody waits until everyone has gone.</p>",
            "choices": [
                {"key": "ask", "text": "Ask", "consequence": "<p>They sit down.</p>", "goes_to": "debrief"},
                {"key": "wait", "text": "Wait", "consequence": "<p>They look at the door.</p>", "goes_to": "debrief"},
            ],
        }
    ],
    "debrief": "<p>A quiet place helped.</p>",
}
FINAL = {
    "ask": 1,
    "intro": "<p>One question.</p>",
    "questions": [{**QUESTION, "key": "the-end", "outcome": 1}],
    "passed": "<p>Well done.</p>",
    "not_yet": "<p>Not quite there yet.</p>",
}
GRID = """Kind | What it may look like | Who to tell
Money | Has to ask for bus fare | Your lead
Phone | Somebody else answers it | Your lead"""
# What the content editor would hold, by the block's name
SAMPLES: dict[str, list[Any]] = {
    "rich_text": ["<h2>A heading</h2><p>Some <b>text</b>, and a list:</p><ul><li>one thing</li><li>another</li></ul>"],
    "callout": [
        {"title": "You need no proof", "html": "<p>Listening is enough.</p>", "tone": "info"},
        {"title": "Not in front of others", "html": "<p>Find a quiet place first.</p>", "tone": "warning"},
        {"title": "If this touches you", "html": "<p>You may stop here and come back.</p>", "tone": "help"},
    ],
    "content_note": [{"kind": "A short invented story about fear.", "minutes": 2, "text": "You may skip it."}],
    "video": [
        {"title": "A manager speaks", "transcript": "<p><b>Manager:</b> Come in. Take your time.</p>"},
        {
            "title": "A talk kept elsewhere",
            "link": "https://films.example/talk.mp4",
            "transcript": "<p><b>Speaker:</b> Good morning.</p>",
        },
    ],
    "audio": [{"title": "A call", "transcript": "<p><b>Caller:</b> Is this a good moment?</p>"}],
    "image": [],
    "quote": [{"text": "I was asked on my own.\nThat made it possible.", "who": "A patient, invented"}],
    "details": [{"summary": "More on this", "html": "<p>Much more.</p>"}],
    "tabs": [
        {
            "items": [
                {"title": "At the desk", "html": "<p>Offer a room.</p>"},
                {"title": "On the phone", "html": "<p>Ask whether they are alone.</p>"},
                {"title": "By letter", "html": "<p>Do not.</p>"},
            ]
        }
    ],
    "table": [{"caption": "What you may notice", "grid": GRID, "first_is_header": True}],
    "timeline": [
        {
            "title": "How the law grew",
            "moments": [
                {"when": "2015", "html": "<p>Controlling or coercive behaviour became an offence.</p>"},
                {"when": "2021", "html": "<p>The Domestic Abuse Act gave a definition.</p>"},
            ],
        }
    ],
    "download": [],
    "glossary": [
        {
            "words": [
                {"word": "Champion", "meaning": "A colleague with extra training whom others can ask."},
                {"word": "Safeguarding lead", "meaning": "The person who decides what happens next."},
            ]
        }
    ],
    "directory": [{"title": "Near you", "service": "support"}],
    "knowledge_check": [{**QUESTION, "key": "your-part"}, ORDER, SORT],
    "scenario": [STORY],
    "reflection_prompt": [{"text": "Think for a moment: where could you talk in private?"}],
    "reflection": [{"key": "your-words", "text": "Which words of your own would you use to ask?"}],
    "survey": [
        {
            "key": "how-sure",
            "moment": "before",
            "statements": [{"key": "ask-victim", "text": "I would know how to ask somebody in private."}],
        }
    ],
    "tomorrow": [
        {"options": [{"key": "room", "text": "Find a quiet room"}, {"key": "lead", "text": "Learn who my lead is"}]}
    ],
    "final_check": [FINAL],
}
LEAFLET = SimpleNamespace(
    file=SimpleNamespace(url="#show-courses-blocks-download"),
    filename="leaflet.pdf",
    file_extension="pdf",
    get_file_size=183_400,
)
HELPLINE = LocalService(
    name=NATIONAL_HELPLINE.name,
    about="For women, and for whoever is worried about one.",
    phone=NATIONAL_HELPLINE.number,
    opening=NATIONAL_HELPLINE.when,
    checked_on=NATIONAL_HELPLINE.checked_on,
)
PICTURE = {
    "value": {"alt": "The mark of this site", "caption": "A picture with a caption"},
    "drawn": [SimpleNamespace(url="/static/ui/favicon.svg", width=120, height=120)],
}
PLACES = KnowledgeCheck.model_validate(
    {
        **QUESTION,
        "type": "knowledge_check",
        "key": "which-place",
        "prompt": "Which of the places in the picture is private?",
        "options": [
            {"key": "room", "text": "The room with a door", "correct": True, "feedback": "Nobody can hear or see in."},
            {"key": "desk", "text": "The front desk", "feedback": "The queue stands close enough to hear."},
            {"key": "bench", "text": "The bench by the window", "feedback": "Whoever passes can see who sits there."},
        ],
    }
)
# Blocks with files show made-up ones: the gallery keeps none.
FILED: dict[str, list[dict[str, Any]]] = {
    "image": [PICTURE],
    "knowledge_check": [
        {
            "card": replace(
                question_card(PLACES, number=4), picture=render_to_string("courses/blocks/image.html", PICTURE)
            )
        }
    ],
    "directory": [
        {
            "card": directory_card(
                Directory(type="directory", title="Help by telephone", service="support"), [HELPLINE], number=2
            )
        }
    ],
    "download": [{"value": {"title": "The leaflet", "about": "One page, to print.", "file": LEAFLET}}],
}


def samples() -> dict[str, list[dict[str, Any]]]:
    """What each block's template is given, by the template's name."""
    return {f"courses/blocks/{kind}.html": _shown(kind) for kind in BODY.child_blocks}


def _shown(kind: str) -> list[dict[str, Any]]:
    block = BODY.child_blocks[kind]
    drawn = [block.get_context(block.to_python(raw), {"number": n}) for n, raw in enumerate(SAMPLES[kind], start=1)]
    return drawn + FILED.get(kind, [])
