"""The register: issued papers with their frozen content, their scans, and files of evidence by their SHA-256.

Nothing in it is changed or deleted; a correction is a further paper that supersedes one. Must not know what a
paper says, how it is drawn, or whom it is about beyond the key whose vault seals it.
"""
