"""Grants from award to close-out: agreements, tranches with conditions, payments, justification, the end of each.

Must not know papers' layouts, scholarships, visits or training; what those know comes in as evidence rows.
"""
