"""Claims that are no data: stated by the derivation, or written out for one depth after another."""
