"""Pages of returns: the agency's own, its head-counts, and the partnership's."""
