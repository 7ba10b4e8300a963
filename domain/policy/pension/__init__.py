"""What somebody would be paid: the pension by its parts, the allowance for the incapacitated, and a loan that a pension repays."""
