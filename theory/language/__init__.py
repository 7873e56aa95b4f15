"""The language of claims: from the text that a person writes to a statement."""
