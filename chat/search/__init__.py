"""The language of searching: how texts are compared, what a query says, what of a text is shown. No queries here."""
