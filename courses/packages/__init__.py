"""Packages written by others: read, kept apart, run and counted."""
