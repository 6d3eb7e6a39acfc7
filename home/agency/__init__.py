"""HR's pages of their own agency"""
