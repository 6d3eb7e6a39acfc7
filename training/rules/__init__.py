"""Keeping the rules: seen, changed with a preview, and set aside."""
