"""Statements to a record store: what waits, how it is sent, and what the store may answer.

- `outbox`   what waits to be sent, durable in the journal's file
- `address`  a record store's address, checked before anything is sent to it
- `client`   one request and what its answer means; batches, halving, waiting
- `exchange` one HTTP exchange by the standard library; imported only to send
"""
