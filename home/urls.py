"""Addresses of the front door."""

from django.urls import path

from . import agency, board, health, learning, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", views.front, name="home"),
    path("support/", views.support, name="support"),
    path("pathway/", views.pathway, name="pathway"),
    path("learning/", learning.learning, name="learning"),
    path("learning/record/", learning.learning_record, name="learning-record"),
    path("learning/privacy/", learning.my_privacy, name="my-privacy"),
    path("team/", agency.team, name="team"),
    path("agency/<str:code>/", agency.agency, name="agency"),
    path("agency/<str:code>/staff.csv", agency.agency_export, {"kind": "csv"}, name="agency-csv"),
    path("agency/<str:code>/staff.xlsx", agency.agency_export, {"kind": "xlsx"}, name="agency-xlsx"),
    path("board/<str:code>/", board.board, name="board"),
    path("board/<str:code>/coverage.csv", board.board_export, {"kind": "csv"}, name="board_csv"),
    path("board/<str:code>/coverage.xlsx", board.board_export, {"kind": "xlsx"}, name="board_xlsx"),
]
