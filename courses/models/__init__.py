"""The tables of this room, by subject."""

from .editions import Edition
from .pages import CourseIndexPage, CoursePage, LessonPage
from .progress import Answer, Attempt, FinalTry, Visit

__all__ = ["Answer", "Attempt", "CourseIndexPage", "CoursePage", "Edition", "FinalTry", "LessonPage", "Visit"]
