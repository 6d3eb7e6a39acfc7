"""Online learning"""
