"""Addresses of returns and head-counts."""

from django.urls import path

from .views import agency, head_counts, lines, partnership

ONE = "agency/<str:code>/returns/<str:partnership>/<str:quarter>/"
urlpatterns = [
    path("agency/<str:code>/returns/", agency.agency_returns, name="agency-returns"),
    path(ONE, agency.agency_return, name="agency-return"),
    path(f"{ONE}begin/", agency.return_begin, name="return-begin"),
    path(f"{ONE}hand-over/", agency.return_hand_over, name="return-hand-over"),
    path(f"{ONE}take-back/", agency.return_take_back, name="return-take-back"),
    path(f"{ONE}sign/", agency.return_sign, name="return-sign"),
    path(f"{ONE}correct/", agency.return_correct, name="return-correct"),
    path(f"{ONE}lines/new/", lines.return_line_new, name="return-line-new"),
    path(f"{ONE}lines/<int:number>/", lines.return_line, name="return-line"),
    path(f"{ONE}lines/<int:number>/remove/", lines.return_line_remove, name="return-line-remove"),
    path(f"{ONE}file/", lines.return_file, name="return-file"),
    path(f"{ONE}template.csv", lines.return_template, name="return-template"),
    path("agency/<str:code>/head-counts/", head_counts.head_counts, name="head-counts"),
    path("agency/<str:code>/head-counts/file/", head_counts.head_counts_file, name="head-counts-file"),
    path("agency/<str:code>/head-counts/template.csv", head_counts.head_counts_template, name="head-counts-template"),
    path("returns/<str:code>/", partnership.partnership_returns, name="partnership-returns"),
    path("returns/<str:code>/terms/", partnership.return_terms, name="return-terms"),
    path("returns/<str:code>/<str:quarter>/close/", partnership.quarter_close, name="quarter-close"),
    path("returns/<str:code>/<str:quarter>/<str:agency>/", partnership.return_send_back, name="return-send-back"),
]
