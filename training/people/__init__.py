"""Partnerships, agencies, people, posts and rosters"""
