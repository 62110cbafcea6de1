"""Files in the watched folder to items in the store: scan, decide, read, put.

scan(folder) -> sightings --decide(ledger)--> bytes --read, date, tag--> reports --put--> store
"""
