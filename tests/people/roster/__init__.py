"""Tests of rosters"""
