"""Completions, how long they last, and standing"""
