"""Courses, the people enrolled in them, who came to which session, and what follows from it: rates and certificates.

Stands below grants, whose tranches wait for attendance. Must not know them.
"""
