"""The tables of this room, by subject."""

from .editions import Edition
from .packages import Commit, ItemState, Launch, Package
from .pages import CourseIndexPage, CoursePage, LessonPage
from .progress import Answer, Attempt, FinalTry, Visit

__all__ = [
    "Answer",
    "Attempt",
    "Commit",
    "CourseIndexPage",
    "CoursePage",
    "Edition",
    "FinalTry",
    "ItemState",
    "Launch",
    "LessonPage",
    "Package",
    "Visit",
]
