"""Reads of training: facts for rules and for higher areas, in batches of ids; rows for the desk.

`courses` providers, courses, cohorts and sessions · `enrolments` who is in which cohort, and certificates · `marks`
registers · `rates` what everybody attended, in one pass.
"""
