"""What agencies declare: head-counts, and training without names."""
