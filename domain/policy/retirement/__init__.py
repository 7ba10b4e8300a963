"""When somebody may retire, what must be done by when for it, and where the pension is claimed (policy.md §1, §2.4)."""
