"""Tests of what outsiders ask."""
