"""What people see of their own: what they have signed, and what they have let others see or do."""
