"""Addresses of the board packs."""

from django.urls import path

from .views import files, narratives, packs, summary

urlpatterns = [
    path("board/<str:code>/packs/", packs.board_packs, name="board-packs"),
    path("board/<str:code>/packs/new/", packs.board_pack_new, name="board-pack-new"),
    path("board/<str:code>/packs/<uuid:uid>/", packs.board_pack, name="board-pack"),
    path("board/<str:code>/packs/<uuid:uid>/step/", packs.board_pack_step, name="board-pack-step"),
    path("board/<str:code>/packs/<uuid:uid>/decisions/", narratives.board_decisions, name="board-decisions"),
    path("board/<str:code>/packs/<uuid:uid>/meeting/", narratives.board_meeting, name="board-meeting"),
    path("board/<str:code>/packs/<uuid:uid>/ask/", narratives.board_ask, name="board-ask"),
    path("board/<str:code>/packs/<uuid:uid>/words/<int:number>/", narratives.board_narrative, name="board-narrative"),
    path("board/<str:code>/packs/<uuid:uid>/preview/", summary.board_summary_preview, name="board-summary-preview"),
    path("board/<str:code>/packs/<uuid:uid>/pack.<slug:kind>", files.board_pack_file, name="board-pack-file"),
    path(
        "board/<str:code>/packs/<uuid:uid>/restated/<int:number>/",
        packs.board_restatement,
        name="board-restatement",
    ),
    path(
        "board/<str:code>/packs/<uuid:uid>/restated/<int:number>.pdf",
        files.board_restatement_file,
        name="board-restatement-file",
    ),
    path("summaries/<uuid:uid>/", summary.board_summary, name="board-summary"),
    path("summaries/<uuid:uid>/summary.<slug:kind>", summary.board_summary_file, name="board-summary-file"),
]
