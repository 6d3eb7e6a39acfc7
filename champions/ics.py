"""A calendar entry that says when and nothing of what: others see calendars, too. Pure."""

from datetime import UTC, datetime

from champions.models import Meeting

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Training Pathway//Meetings//EN
METHOD:PUBLISH
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{now}
DTSTART:{starts}
DTEND:{ends}
SUMMARY:Meeting
DESCRIPTION:Sign in to Training Pathway for details.
STATUS:{status}
END:VEVENT
END:VCALENDAR
"""


def calendar_of(meeting: Meeting, *, at: datetime) -> str:
    """The meeting in iCalendar's form (RFC 5545)."""
    status = "CANCELLED" if meeting.cancelled_at else "CONFIRMED"
    moments = {"now": at, "starts": meeting.starts_at, "ends": meeting.ends_at}
    said = {name: f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for name, moment in moments.items()}
    return LINES.format(uid=meeting.uid, status=status, **said).replace("\n", "\r\n")
