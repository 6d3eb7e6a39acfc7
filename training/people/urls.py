"""Addresses of HR's roster pages."""

from django.urls import path

from training.people import workplaces
from training.people.identity import own, queue_views
from training.people.identity import views as identity
from training.people.roster import answers, outside, views

urlpatterns = [
    path("agency/<str:code>/roster/", views.rosters, name="rosters"),
    path("agency/<str:code>/roster/template.csv", views.roster_template, name="roster-template"),
    path("agency/<str:code>/roster/titles/", answers.roster_titles, name="roster-titles"),
    path("agency/<str:code>/roster/workplaces/", workplaces.workplaces, name="workplaces"),
    path("agency/<str:code>/roster/columns/", answers.roster_known_columns, name="roster-known-columns"),
    path("agency/<str:code>/roster/<uuid:uid>/", views.roster_import, name="roster-import"),
    path("agency/<str:code>/roster/<uuid:uid>/refused.csv", views.roster_refused, name="roster-refused"),
    path("agency/<str:code>/roster/<uuid:uid>/columns/", answers.roster_columns, name="roster-columns"),
    path("agency/<str:code>/roster/<uuid:uid>/titles/", answers.roster_import_titles, name="roster-import-titles"),
    path("agency/<str:code>/roster/<uuid:uid>/again/", answers.roster_look_again, name="roster-look-again"),
    path("agency/<str:code>/roster/<uuid:uid>/approve/", views.roster_approve, name="roster-approve"),
    path("agency/<str:code>/roster/<uuid:uid>/apply/", views.roster_apply, name="roster-apply"),
    path("agency/<str:code>/roster/<uuid:uid>/discard/", views.roster_discard, name="roster-discard"),
    path("agency/<str:code>/roster/<uuid:uid>/undo/", views.roster_undo, name="roster-undo"),
    path("agency/<str:code>/roster/duplicates/", identity.duplicates, name="duplicates"),
    path("agency/<str:code>/roster/duplicates/<uuid:uid>/", identity.duplicate, name="duplicate"),
    path("agency/<str:code>/roster/merges/<uuid:uid>/undo/", identity.merge_undo, name="merge-undo"),
    path("agency/<str:code>/roster/earlier/", queue_views.record_claims, name="record-claims"),
    path("agency/<str:code>/roster/earlier/<uuid:uid>/", queue_views.record_claim_answer, name="record-claim-answer"),
    path("agency/<str:code>/roster/corrections/", queue_views.corrections_queue, name="corrections"),
    path("agency/<str:code>/roster/corrections/<uuid:uid>/", queue_views.correction, name="correction"),
    path("learning/not-right/", own.not_right, name="not-right"),
    path("learning/sharing/", own.shared_training, name="shared-training"),
    path("roster-approvals/", outside.roster_approvals, name="roster-approvals"),
]
