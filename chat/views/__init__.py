"""The pages, and the answers in JSON that they ask for."""
