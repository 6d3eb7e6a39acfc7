"""Courses that come with the project, as text anyone can review."""
