"""What the worker does for the outbox."""

from training.notices import services

TICKS = (services.flush, services.forget_given_up, services.forget_old)
