"""From the facts of other areas to what a paper says: one module for each kind of paper. Must not write."""
