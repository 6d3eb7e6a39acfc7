"""What the worker does for the network."""

from champions.erasure import forget_leavers_daily
from champions.services import (
    agreement,
    blocks,
    briefings,
    enquiries,
    entries,
    group_messages,
    guests,
    leaving,
    looks,
    meetings,
    network,
    newsletters,
    noticeboard,
    requests,
    steps,
)

TICKS = (
    entries.refresh_entries,
    requests.remind_of_requests,
    looks.forget_old_looks,
    requests.forget_old,
    blocks.look_up_blocks,
    network.forget_nominations,
    network.take_up_nominations,
    leaving.see_leavers,
    agreement.forget_questions,
    meetings.tell_of_meetings,
    meetings.remind_of_meetings,
    guests.forget_guests,
    steps.refresh_steps,
    enquiries.forget_enquiries,
    noticeboard.forget_contributions,
    newsletters.tell_of_newsletters,
    group_messages.take_to_groups,
    group_messages.forget_group_messages,
    briefings.forget_arrivals,
    forget_leavers_daily,
)
