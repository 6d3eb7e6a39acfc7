"""Strategies, outcomes, indicators and coverage"""
