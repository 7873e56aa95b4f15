"""Identities between noncommuting matrices: free *-algebra, deciders, dynamics of deep nets."""
