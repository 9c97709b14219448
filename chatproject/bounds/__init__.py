"""An end to everything that daphne would buffer, wait for or work on without one.

The bounds sit in daphne's own protocol classes, as nothing above them can stop a client from sending, and a
proxy before it is not always there. They hold however daphne is started; another server has bounds of its own.
"""
