"""Reads over returns and head-counts."""
