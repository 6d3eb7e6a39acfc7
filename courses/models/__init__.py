"""The tables of this room, by subject."""

from .directory import LocalService
from .editions import Edition
from .figures import CourseFigures, Remark, StoryRoute
from .keeping import Note, SurveyCount, SurveyMark
from .packages import Commit, ItemState, Launch, Package
from .pages import ChangeKind, CourseIndexPage, CoursePage, LessonPage
from .progress import Answer, Attempt, FinalTry, StoryEnd, Visit
from .review import SpecialistReview
from .shown import ShownFile

__all__ = [
    "Answer",
    "Attempt",
    "ChangeKind",
    "Commit",
    "CourseFigures",
    "CourseIndexPage",
    "CoursePage",
    "Edition",
    "FinalTry",
    "ItemState",
    "Launch",
    "LessonPage",
    "LocalService",
    "Note",
    "Package",
    "Remark",
    "ShownFile",
    "SpecialistReview",
    "StoryEnd",
    "StoryRoute",
    "SurveyCount",
    "SurveyMark",
    "Visit",
]
