"""Who may see and do what: in which capacities somebody can act, how far each goes, and which cases it reaches."""
