"""Run a command that dies with whoever started it, so that a killed demonstration leaves no store behind holding its data folder.

Used as `python -I -S tether.py PARENT COMMAND…`. Only Linux has the means (PR_SET_PDEATHSIG); elsewhere the command simply runs.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("whoever started this is gone")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
