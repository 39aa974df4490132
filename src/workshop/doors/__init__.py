"""Floor 4: the doors beside the terminal: JSON lines, imports, lists and answers on standard output."""
