"""What happens in one paper each; the folders are named like those of the catalogue."""
