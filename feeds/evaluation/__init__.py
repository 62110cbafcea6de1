"""Looking back at what reading and tagging did: scores against a labelled set, and lines that recur in what was kept.

All of it is pure; the commands `evaluate` and `furniture` bring the files.
"""
