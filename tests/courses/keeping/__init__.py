"""Tests of what a learner keeps"""
