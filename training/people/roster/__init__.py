"""Rosters: read, match, preview, apply, undo"""
