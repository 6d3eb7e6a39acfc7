"""Commands of this room"""
