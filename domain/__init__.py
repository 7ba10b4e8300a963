"""The subject in plain Python: law, catalogue, cases, certificates, sessions. No I/O, no GraphQL, no clock of its own."""
