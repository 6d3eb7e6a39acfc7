"""Telling people things: one outbox, one worker"""
