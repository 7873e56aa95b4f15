"""What is claimed, and its derivation: exact symbols, no floats, no experiments."""
