"""Event streams on disk: what a store promises, one in memory, one in SQLite, and recovery.

- `store`         what every store does, and the values it gives
- `codec`         an event as its name, body version and JSON, and back
- `memory_store`  a store that forgets
- `sqlite_store`  the store that keeps: one file, several processes
- `connection`    that file while it is open, and what SQLite's failures mean to a person
- `migrations`    from every older journal to this one
- `salvage`       what can still be read of a damaged file
- `reassembly`    the streams put together again from that
- `recovery`      what is wrong, what was saved beside, and the repair

Nothing here knows stories: a stream is a list of facts, and the edition it was played on is bytes.
"""
