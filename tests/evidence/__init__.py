"""Training done elsewhere."""
