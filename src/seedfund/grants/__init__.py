"""Grants from award to close-out: agreements, tranches with conditions, payments, justification, the end of each.

Must not know papers' layouts or scholarships; what those know comes in as evidence rows. Visits and plans it reads.
"""
