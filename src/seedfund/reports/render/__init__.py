"""One renderer per form: csv, json, xlsx, pdf, html, terminal, text. Each knows kinds of cells, none a report.

Must not know: where figures come from. A renderer takes a finished `Report` and an open output, and writes.
"""
