"""Addresses of the strategies and of their indicators."""

from django.urls import path

from .views import edits, explorer, forecast, indicators, packs, public, values

urlpatterns = [
    path("strategy/", public.strategies, name="strategies"),
    path("board/<str:code>/explorer/", explorer.explorer, name="explorer"),
    path("board/<str:code>/explorer.csv", explorer.explorer_export, {"kind": "csv"}, name="explorer_csv"),
    path("board/<str:code>/explorer.xlsx", explorer.explorer_export, {"kind": "xlsx"}, name="explorer_xlsx"),
    path("board/<str:code>/forecast/", forecast.board_forecast, name="forecast"),
    path("board/<str:code>/forecast.csv", forecast.board_forecast_export, {"kind": "csv"}, name="forecast_csv"),
    path("board/<str:code>/forecast.xlsx", forecast.board_forecast_export, {"kind": "xlsx"}, name="forecast_xlsx"),
    path("agency/<str:code>/forecast/", forecast.agency_forecast, name="agency-forecast"),
    path(
        "agency/<str:code>/forecast.csv", forecast.agency_forecast_export, {"kind": "csv"}, name="agency-forecast-csv"
    ),
    path(
        "agency/<str:code>/forecast.xlsx",
        forecast.agency_forecast_export,
        {"kind": "xlsx"},
        name="agency-forecast-xlsx",
    ),
    path("board/<str:code>/indicators/", indicators.indicators, name="indicators"),
    path("board/<str:code>/indicators/<str:indicator>/", indicators.indicator, name="indicator"),
    path("board/<str:code>/indicators/<str:indicator>/value/", values.value_give, name="value-give"),
    path("board/<str:code>/values/", values.values_file, name="values-file"),
    path("board/<str:code>/values.csv", values.values_template, name="values-template"),
    path("board/<str:code>/values/<uuid:uid>/", values.value_take_back, name="value-take-back"),
    path("board/<str:code>/strategies/", packs.board_strategies, name="board-strategies"),
    path("board/<str:code>/strategies/guide/", packs.board_strategy_guide, name="board-strategy-guide"),
    path("board/<str:code>/strategies/start/<slug:name>.yaml", packs.board_strategy_start, name="board-strategy-start"),
    path("board/<str:code>/strategies/upload/", packs.board_strategy_upload, name="board-strategy-upload"),
    path("board/<str:code>/strategies/of/<slug:pack_id>/", packs.board_strategy, name="board-strategy"),
    path("board/<str:code>/strategies/of/<slug:pack_id>.yaml", packs.board_strategy_file, name="board-strategy-file"),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/before/<int:number>/",
        packs.board_strategy_before,
        name="board-strategy-before",
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/remove/",
        packs.board_strategy_remove,
        name="board-strategy-remove",
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/about/", edits.board_strategy_about, name="board-strategy-about"
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/outcomes/<str:ref>/",
        edits.board_strategy_outcome,
        name="board-strategy-outcome",
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/outcomes/<str:ref>/earlier/",
        edits.board_strategy_links,
        name="board-strategy-links",
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/targets/<str:indicator>/",
        edits.board_strategy_target,
        name="board-strategy-target",
    ),
    path(
        "board/<str:code>/strategies/of/<slug:pack_id>/agencies/<int:number>/",
        edits.board_strategy_agency,
        name="board-strategy-agency",
    ),
]
