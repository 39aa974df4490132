"""One module for each paper: what stands on it, in which order."""
