"""The papers that bind: what each says (content), in which words (wording), and how it looks (layouts).

Must not know sessions or clocks: everything printed comes from a frozen content value and a template.
"""
