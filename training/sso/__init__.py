"""Signing in, and tying a login to a person"""
