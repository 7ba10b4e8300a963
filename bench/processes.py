"""What a process has used, by the operating system's own account (Linux)."""

import os
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
USER, SYSTEM = 11, 12
"""Places in /proc/PID/stat behind the name in brackets."""


def cpu_seconds(pid: int) -> float:
    """Of all threads since it began."""
    used = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(used[USER]) + int(used[SYSTEM])) / TICKS_A_SECOND


def resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * PAGE
