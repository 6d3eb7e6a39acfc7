"""The player's pages, by subject."""
