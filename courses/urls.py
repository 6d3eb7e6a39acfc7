"""Addresses of the player. Courses and lessons have neutral slugs; a choice in a story is a number."""

from django.urls import path

from courses.keeping import views as keeping
from courses.views import figures, files, final, lesson, other_way, said, start

urlpatterns = [
    path("course-figures/<str:code>/", figures.of_partnership, name="partnership-courses"),
    path("media/<path:path>", files.lesson_file, name="lesson-file"),
    path("learning/notes/", keeping.own_notes, name="notes"),
    path("learning/notes/learning-notes.txt", keeping.notes_file, name="notes-file"),
    path("learning/notes/delete/", keeping.notes_delete, name="notes-delete"),
    path("learning/notes/<uuid:uid>/delete/", keeping.note_delete, name="note-delete"),
    path("learning/tomorrow/<uuid:uid>/", keeping.tomorrow_put_away, name="tomorrow-put-away"),
    path("learning/<slug:course>/", start.course, name="course"),
    path("learning/<slug:course>/start/", start.course_start, name="course-start"),
    path("learning/<slug:course>/finish/", start.course_finish, name="course-finish"),
    path("learning/<slug:course>/done/", start.course_done, name="course-done"),
    path("learning/<slug:course>/said/", said.course_said, name="course-said"),
    path("learning/<slug:course>/looked/", start.course_looked, name="course-looked"),
    path("learning/<slug:course>/another-way/", other_way.another_way, name="another-way"),
    path("learning/<slug:course>/<slug:lesson>/", lesson.lesson, name="lesson"),
    path("learning/<slug:course>/<slug:lesson>/note/", keeping.note_write, name="note-write"),
    path("learning/<slug:course>/<slug:lesson>/survey/", keeping.survey_answer, name="survey-answer"),
    path("learning/<slug:course>/<slug:lesson>/answers/", final.final_answers, name="final-answers"),
    path("learning/<slug:course>/<slug:lesson>/<int:number>/", final.final_question, name="final-question"),
]
