"""One file or small package per outside system. Each satisfies a port of domain/ports.py by shape; only api/ assembles them."""
