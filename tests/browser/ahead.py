"""The demo's settings on a clock that is some days ahead, for what only time brings about."""

import os
from datetime import timedelta

from django.utils import timezone

from training.access import clock
from training.settings.demo import *  # noqa: F403

AHEAD = timedelta(days=int(os.environ["DAYS_AHEAD"]))
real_now = timezone.now
# Before anything that reads the clock is imported: everything of ours reads one of these two
timezone.now = lambda: real_now() + AHEAD
clock.today = lambda: clock.london_date(timezone.now())
