"""Pages of the board packs."""
