"""The history of the schema, one file a step; `storage.migrate` runs them."""
