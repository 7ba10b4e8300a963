"""Logic, not only figures, that one region has and no other. The catalogue names these rules; no code asks which region it is."""
