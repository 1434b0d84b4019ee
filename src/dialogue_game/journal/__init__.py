"""Event streams on disk: what a store promises, one in memory, one in SQLite, and recovery.

- `store`       what every store does, and the values it gives
- `codec`       an event as its name, body version and JSON, and back
- `memory`      a store that forgets
- `sqlite`      the store that keeps: one file, several processes
- `handle`      that file while it is open: snapshots, transactions
- `connection`  opening that file, and what SQLite's failures mean to a person
- `migrations`  from every older journal to this one
- `damaged`     every row that SQLite can still read of a damaged file
- `salvage`     the streams put together again from those rows
- `recovery`    what is wrong, what was saved beside, and the repair

Nothing here knows stories: a stream is a list of facts, and the edition it was played on is bytes.
"""
