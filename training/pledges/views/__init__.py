"""Pages: an agency's own, the coordinator's, and the public wall."""
