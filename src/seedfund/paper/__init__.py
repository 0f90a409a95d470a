"""Fonts, lines, pages: turns block values into the bytes of a PDF, the same bytes every time.

Must not know: what a grant or a report is, where a text comes from, sessions or clocks. Imports kernel only.
"""
