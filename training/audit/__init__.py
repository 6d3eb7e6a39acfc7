"""Append-only record of who did what and who looked"""
