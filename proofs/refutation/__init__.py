"""How a claim is refuted: points are proposed, decided exactly, shortened, and shown by scripts."""
