"""Blank files of every kind, drawn from its declared columns: a workbook to fill in, and a form for telephones."""

from seedfund.interchange.blanks.forms import blank_form, mapping_of_form
from seedfund.interchange.blanks.workbooks import blank_workbook

__all__ = ["blank_form", "blank_workbook", "mapping_of_form"]
