"""Text of any script into lines: order, shapes, breaks and fonts. Must not know pages, PDF or what the text says."""
