"""Cases that no orbit reaches: how many of them are decided, and a judge that is not ours."""
