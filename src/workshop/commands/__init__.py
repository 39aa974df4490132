"""Floor 3: what people do. One class per act, one module per place in the shop."""
