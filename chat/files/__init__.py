"""Files that people send: how they come in, what they are taken for, and where they lie.

The database knows to whom they belong; here they are bytes below `DATA_DIR/uploads`.
"""
