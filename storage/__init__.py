"""The memory of Dateline: engine, schema, items, the log of every feed, the ledger of seeds. Never imports `feeds`."""
