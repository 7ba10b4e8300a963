"""Employers (企业自助办) who file for their own staff, many at once, from a spreadsheet."""
