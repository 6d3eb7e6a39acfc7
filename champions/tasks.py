"""What the worker does for the network."""

from champions.services import network, requests

TICKS = (requests.forget_old, network.forget_nominations, network.take_up_nominations)
