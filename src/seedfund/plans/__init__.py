"""Business plans: what a participant wants to start, what it costs, and how a committee decides on it.

Must not know grants, payments or papers; those stand above and read what is decided here.
"""
