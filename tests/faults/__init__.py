"""Killed in the middle: run by `make faults`, and not in the quick suite."""
