"""Reads: a pack's figures counted from facts, its contents, what moved since."""
