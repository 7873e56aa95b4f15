"""What is evidence, where it is kept, and what the kernel makes of it."""
