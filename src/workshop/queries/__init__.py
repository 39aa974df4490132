"""Floor 3: what people look at. Frozen values, built in one place per subject; nothing of the database leaves."""
