"""Floor 4: what leaves the shop on paper: codes, papers, labels. Knows queries, never screens or printers' doors."""
