"""The doorbell: the only code that touches the channel layer.

The database is the truth. What goes through here may be lost, doubled or late; whoever hears it either
carries a revision to compare, or looks into the database before acting.
"""
