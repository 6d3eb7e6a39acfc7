"""Certificates as Open Badges, and the keys that sign them"""
