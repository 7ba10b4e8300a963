"""How fast and how large: each measurement from one run on this machine, beside what it is compared with. Printed, never asserted."""
