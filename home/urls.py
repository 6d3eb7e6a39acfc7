"""Addresses of the front door."""

from django.urls import path

from . import board, both_records, declared, earlier, health, held, learning, record, team, views
from .agency import chosen, facts, indicator, matrix, overview, passport, people, person, saved, wrong

CSV, XLSX = {"kind": "csv"}, {"kind": "xlsx"}

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", views.front, name="home"),
    path("support/", views.support, name="support"),
    path("pathway/", views.pathway, name="pathway"),
    path("learning/", learning.learning, name="learning"),
    path("learning/record/", record.learning_record, name="learning-record"),
    path("learning/held/", held.held, name="learning-held"),
    path("learning/held.json", held.held_file, name="learning-held-file"),
    path("learning/earlier/", earlier.bring_earlier, name="bring-earlier"),
    path("learning/earlier/code/", earlier.bring_earlier_code, name="bring-earlier-code"),
    path("learning/earlier/sign-in/", both_records.bring_signed_in, name="bring-signed-in"),
    path("learning/earlier/offered/", both_records.earlier_offered, name="earlier-offered"),
    path("learning/earlier/<uuid:uid>/apart/", earlier.part_earlier, name="part-earlier"),
    path("learning/privacy/", learning.my_privacy, name="my-privacy"),
    path("team/", team.team, name="team"),
    path("team/<uuid:uid>/", team.team_person, name="team-person"),
    path("agency/<str:code>/", overview.agency, name="agency"),
    path("agency/<str:code>/matrix/", matrix.matrix, name="agency-matrix"),
    path("agency/<str:code>/matrix.csv", matrix.matrix_export, CSV, name="agency-matrix-csv"),
    path("agency/<str:code>/matrix.xlsx", matrix.matrix_export, XLSX, name="agency-matrix-xlsx"),
    path("agency/<str:code>/matrix/facts/", facts.facts, name="agency-facts"),
    path("agency/<str:code>/matrix/facts.csv", facts.facts_export, CSV, name="agency-facts-csv"),
    path("agency/<str:code>/matrix/facts.xlsx", facts.facts_export, XLSX, name="agency-facts-xlsx"),
    path("agency/<str:code>/matrix/restated/", facts.restated, name="agency-restated"),
    path("agency/<str:code>/matrix/restated.csv", facts.restated_export, CSV, name="agency-restated-csv"),
    path("agency/<str:code>/matrix/restated.xlsx", facts.restated_export, XLSX, name="agency-restated-xlsx"),
    path("agency/<str:code>/indicators/", indicator.agency_indicator, name="agency-indicator"),
    path("agency/<str:code>/indicators.csv", indicator.agency_indicator_export, CSV, name="agency-indicator-csv"),
    path("agency/<str:code>/indicators.xlsx", indicator.agency_indicator_export, XLSX, name="agency-indicator-xlsx"),
    path("agency/<str:code>/people/", people.people, name="agency-people"),
    path("agency/<str:code>/people/chosen/", chosen.chosen, name="agency-chosen"),
    path("agency/<str:code>/people/filters/", saved.filter_save, name="agency-filter-save"),
    path("agency/<str:code>/people/filters/<uuid:uid>/", saved.filter_forget, name="agency-filter-forget"),
    path("agency/<str:code>/people/<uuid:uid>/", person.person, name="agency-person"),
    path("agency/<str:code>/people/<uuid:uid>/record.csv", person.person_export, CSV, name="agency-person-csv"),
    path("agency/<str:code>/people/<uuid:uid>/record.xlsx", person.person_export, XLSX, name="agency-person-xlsx"),
    path("agency/<str:code>/people/<uuid:uid>/entries/<uuid:entry>/", wrong.agency_wrong, name="agency-wrong"),
    path("agency/<str:code>/passport/<str:share>/", passport.passport_accept, name="passport-accept"),
    path("agency/<str:code>/entries/", wrong.agency_doubts, name="agency-doubts"),
    path("agency/<str:code>/staff.csv", people.people_export, CSV, name="agency-csv"),
    path("agency/<str:code>/staff.xlsx", people.people_export, XLSX, name="agency-xlsx"),
    path("board/<str:code>/", board.board, name="board"),
    path("board/<str:code>/declared/", declared.declared, name="board-declared"),
    path("board/<str:code>/declared/<str:quarter>.csv", declared.declared_file, name="declared-file"),
    path("board/<str:code>/declared/<str:quarter>/<str:agency>/", declared.declared_agency, name="declared-agency"),
    path("board/<str:code>/coverage.csv", board.board_export, CSV, name="board_csv"),
    path("board/<str:code>/coverage.xlsx", board.board_export, XLSX, name="board_xlsx"),
]
