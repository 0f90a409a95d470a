"""Files in: tables that people keep elsewhere, read row by row into the commands of the areas below.

`rules` columns and cells · `reader` a file to rows · `kinds` one module a kind of file · `service` carrying a file
out · `tables` and `queries` what was taken from which row. A row becomes a command of an area's public verb and
nothing else; how a decision is taken, and what a row means, is not known here.
"""
