"""Addresses of meetings."""

from django.urls import path

from champions.views import codes, guests, meeting_plans, meetings

NETWORK = "champions/network/<slug:code>/meetings/"
ONE = f"{NETWORK}<uuid:uid>/"

urlpatterns = [
    path("champions/meetings/", meetings.meetings, name="meetings"),
    path("champions/meetings/<uuid:uid>/", meetings.meeting, name="meeting"),
    path("champions/meetings/<uuid:uid>/meeting.ics", meetings.meeting_calendar, name="meeting-calendar"),
    path("champions/me/hours/", meetings.my_hours, name="my-hours"),
    path("champions/me/hours/hours.csv", meetings.my_hours_file, name="my-hours-file"),
    path("champions/code/", codes.enter_code, name="enter-code"),
    path("champions/guest/<str:token>/", guests.meeting_guest, name="meeting-guest"),
    path(NETWORK, meeting_plans.network_meetings, name="network-meetings"),
    path(f"{NETWORK}new/", meeting_plans.plan_meeting, name="plan-meeting"),
    path(ONE, meeting_plans.network_meeting, name="network-meeting"),
    path(f"{ONE}change/", meeting_plans.change_meeting, name="change-meeting"),
    path(f"{ONE}cancel/", meeting_plans.cancel_meeting, name="cancel-meeting"),
    path(f"{ONE}screen/", meeting_plans.meeting_screen, name="meeting-screen"),
    path(f"{ONE}code/", meeting_plans.change_meeting_code, name="change-meeting-code"),
    path(f"{ONE}came/", meeting_plans.note_attendance, name="note-attendance"),
    path(f"{ONE}came/<uuid:attendance>/", meeting_plans.take_back_attendance, name="take-back-attendance"),
    path(f"{ONE}guests/", guests.invite_guest, name="invite-guest"),
    path(f"{ONE}guests/<uuid:guest>/", guests.withdraw_guest, name="withdraw-guest"),
]
