"""Tables that tell: what a report is, which columns each book has, how a table becomes paper or file.

Must not know: how rows are written. Reports read; they never decide and never store a figure.
"""
