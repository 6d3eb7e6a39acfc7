"""Addresses of the strategies and of their indicators."""

from django.urls import path

from .views import explorer, indicators, public, values

urlpatterns = [
    path("strategy/", public.strategies, name="strategies"),
    path("strategy/<slug:pack_id>/", public.strategy, name="strategy"),
    path("board/<str:code>/explorer/", explorer.explorer, name="explorer"),
    path("board/<str:code>/explorer.csv", explorer.explorer_export, {"kind": "csv"}, name="explorer_csv"),
    path("board/<str:code>/explorer.xlsx", explorer.explorer_export, {"kind": "xlsx"}, name="explorer_xlsx"),
    path("board/<str:code>/indicators/", indicators.indicators, name="indicators"),
    path("board/<str:code>/indicators/<str:indicator>/", indicators.indicator, name="indicator"),
    path("board/<str:code>/indicators/<str:indicator>/value/", values.value_give, name="value-give"),
    path("board/<str:code>/values/", values.values_file, name="values-file"),
    path("board/<str:code>/values.csv", values.values_template, name="values-template"),
    path("board/<str:code>/values/<uuid:uid>/", values.value_take_back, name="value-take-back"),
]
