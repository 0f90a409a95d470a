"""One module per book: its columns, the plain row a query fills, and the pure function from rows to a report.

Must not know: databases and renderers. What a figure means and which identity must hold is written here,
once.
"""
