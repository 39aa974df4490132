"""What is fast and by how much."""
