"""What this room holds on a person: how far they are in a course, and what they answered. They alone see it."""

from courses.keeping.notes import forget_notes
from training.privacy.holdings import Holding, Keep

FORGETS = (forget_notes,)

HOLDINGS = (
    Holding(
        model="courses.Note",
        subject="person__uid",
        why="To keep what you wrote for yourself. It is sealed: you alone read it, under 'Your notes'.",
        keep=Keep.OWNER,
        fields=("course__neutral_title", "written_at"),
    ),
    Holding(
        model="courses.Attempt",
        subject="person__uid",
        why="To bring you back to where you left a course. Only you can see it.",
        keep=Keep.WHILE_EMPLOYED,
        fields=(
            "course__title",
            "edition__label",
            "state",
            "started_at",
            "completed_at",
            "is_text_only",
            "looked_at_number",
            "last_lesson",
            "tomorrow",
            "has_remarked",
            "tomorrow_at",
            "tomorrow_away_at",
        ),
    ),
    Holding(
        model="courses.Visit",
        subject="attempt__person__uid",
        why="To show you which lessons you have opened and done. Only you can see it.",
        keep=Keep.SHORT,
        fields=("attempt__course__title", "lesson", "opened_at", "done_at"),
    ),
    Holding(
        model="courses.Answer",
        subject="attempt__person__uid",
        why="To show you your own answers with their feedback. Nobody else ever sees them.",
        keep=Keep.SHORT,
        fields=(
            "attempt__course__title",
            "question",
            "chosen",
            "is_correct",
            "was_right_first",
            "times",
            "answered_at",
        ),
    ),
    Holding(
        model="courses.StoryEnd",
        subject="attempt__person__uid",
        why="To count each way through a story once. Which way you took is counted without your name.",
        keep=Keep.SHORT,
        fields=("attempt__course__title", "story"),
    ),
    Holding(
        model="courses.FinalTry",
        subject="attempt__person__uid",
        why="To know when you have passed the final check. Nobody else sees how often you tried.",
        keep=Keep.SHORT,
        fields=("attempt__course__title", "number", "begun_at", "marked_at", "right_count", "is_passed"),
    ),
    Holding(
        model="courses.Launch",
        subject="attempt__person__uid",
        why="To save what you do in a course written elsewhere, even after you have been signed out.",
        keep=Keep.SHORT,
        fields=("attempt__course__title", "package__title", "opened_at", "started_at", "ended_at"),
    ),
    Holding(
        model="courses.ItemState",
        subject="attempt__person__uid",
        why="To bring you back to where you left a course written elsewhere. Nobody else sees it.",
        keep=Keep.SHORT,
        fields=("attempt__course__title", "item", "cmi", "status", "is_done", "best_score", "seconds", "changed_at"),
    ),
    Holding(
        model="courses.Commit",
        subject="launch__attempt__person__uid",
        why="To prove what was saved, and when, of a course written elsewhere. It does not hold what you answered.",
        keep=Keep.SHORT,
        fields=("launch__attempt__course__title", "number", "received_at", "refusal"),
    ),
)
