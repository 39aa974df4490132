"""`workshop demo`: a made-up shop in a database of its own, built by the acts that its people would do.

`home.start` opens it, `building.build` builds it, `data` reads its files.
"""
