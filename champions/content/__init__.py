"""Briefing packs that come with the program, as text"""
