"""Online learning: courses, lessons and attempts"""
