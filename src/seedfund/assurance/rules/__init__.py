"""What an auditor would call wrong, pure: kinds of findings, chains, books, identities, series of numbers."""
