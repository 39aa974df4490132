"""`workshop demo`: a made-up shop in a database of its own, built by the acts that its people would do."""
