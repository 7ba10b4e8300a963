"""Who looked (谁看过我的信息): every read of somebody's personal data by another, kept in an append-only chain, theirs to read."""
