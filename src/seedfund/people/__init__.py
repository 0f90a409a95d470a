"""Households and participants: who they are, how they live together, and what they agreed to.

Must not know plans, grants or money. What can harm a person is a `Secret` here and sealed in storage.
"""
