"""Blank files of every kind, drawn from its declared columns: a workbook to fill in, and a form for telephones."""

from seedfund.interchange.blanks.forms import blank_form, keys_of_survey, mapping_of_form
from seedfund.interchange.blanks.workbooks import blank_workbook

__all__ = ["blank_form", "blank_workbook", "keys_of_survey", "mapping_of_form"]
