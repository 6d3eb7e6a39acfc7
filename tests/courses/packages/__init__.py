"""Packages written by others."""
