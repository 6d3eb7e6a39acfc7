"""The one way in which news travels up: a completion has been recorded. The worker sends it, within seconds.

Receivers get `completion` (training.ledger.models.Completion). They may be called more than once for the same
completion, and must make one thing of it.
"""

from django.dispatch import Signal

completion_recorded = Signal()
