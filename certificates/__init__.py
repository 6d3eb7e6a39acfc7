"""Frozen proof of a completion that anyone can check"""
