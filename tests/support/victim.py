"""Processes that act until they are killed: `python -m support.victim URL SEED LIVES`.

This process loads the program once, then gives life to one child after the other. Each acts on the shop at its own
connection and writes down every act that was acknowledged to it; after a random number of them, somewhere in the next,
it is killed by SIGKILL. What the children wrote comes out on standard output, one act a line: the ledger's number, the
command id, the command.
"""

import os
import random
import signal
import sys
import time

from support.random_walk import Walk
from support.shop import SmallShop
from workshop.commands.base import Command, commands
from workshop.commands.perform import Done

MOST = 6
"""Acts that a child is let do at most, so that on any machine it is killed among its acts, not before the first."""


def live(url: str, seed: int, out: int) -> None:
    """Act for ever, writing down every act that was acknowledged."""

    def write(command_id: str, command: Command, done: Done) -> None:
        os.write(out, f"{done.number} {command_id} {command.name}\n".encode())

    walk = Walk(SmallShop(url), seed, wild=0.2, acknowledge=write)
    while True:
        walk.take(1)


def give_life(url: str, seed: int) -> tuple[int, int]:
    """A new child's process id, and where to read what it writes."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            live(url, seed, write)
        finally:
            os._exit(1)  # only an error ends it before it is killed
    os.close(write)
    return child, read


def watch(read: int, acts: int) -> bytes:
    """What a child writes until it has done so many acts; less if it failed."""
    told = b""
    while told.count(b"\n") < acts and (more := os.read(read, 65536)):
        told += more
    return told


def main(url: str, seed: int, lives: int) -> int:
    """Let them live and die; the number of those that ended by an error of their own."""
    commands()  # loaded once, not by every child
    rng = random.Random(seed)
    errors = 0
    for life in range(lives):
        child, read = give_life(url, seed * 1000 + life)
        told = watch(read, rng.randint(1, MOST))
        began = time.monotonic()
        told += watch(read, 1)
        time.sleep(rng.uniform(0, 2) * (time.monotonic() - began))
        os.kill(child, signal.SIGKILL)
        while more := os.read(read, 65536):
            told += more
        os.close(read)
        _, status = os.waitpid(child, 0)
        errors += not os.WIFSIGNALED(status)
        sys.stdout.write(told.decode())
        sys.stdout.flush()
    return errors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
