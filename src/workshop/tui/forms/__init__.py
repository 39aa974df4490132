"""Forms made from what the commands declare: one row per field, the right way of entering each."""
