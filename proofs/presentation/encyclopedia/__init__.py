"""The encyclopedia of claims: one HTML page, written from the rows of verification."""
