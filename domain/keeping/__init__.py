"""What is kept about a person: told to them whole, deleted when they ask, erased when its time is over, locked where the law keeps it."""
