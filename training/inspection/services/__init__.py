"""Asking for a pack and making it; drawing a sample."""
