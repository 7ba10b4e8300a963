"""Spreadsheets that employers send: bytes become cells, and nothing in them is run, worked out, or believed to be small."""
