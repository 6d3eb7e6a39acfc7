"""What the worker does for the network."""

from champions.services import requests

TICKS = (requests.forget_old,)
