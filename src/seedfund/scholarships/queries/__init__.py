"""Reads of scholarships, in batches of ids; rows for the desk.

`applications` with interviews and plans · `scholarships` with tranches and what was decided · `reached` what a trainee
attended and has, day by day · `bills` of providers, complaints · `placements` checks of work.
"""
