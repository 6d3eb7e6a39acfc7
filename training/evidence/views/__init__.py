"""Pages of training done elsewhere."""
