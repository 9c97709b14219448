"""The verbs: the only code that changes chat data. To change is to publish; nobody has to remember it."""
