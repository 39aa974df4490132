"""Loads everything that processes of the tests work with, so that those forked afterwards need not."""

from support import hammer, opener
from workshop.commands.base import commands

__all__ = ["hammer", "opener"]

commands()
