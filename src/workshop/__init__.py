"""Workshop: the workshop floor of a 4S dealership, from its terminals."""
