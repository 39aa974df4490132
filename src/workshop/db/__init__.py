"""Floor 2: what is kept, and how. The only place that knows which database it is."""
