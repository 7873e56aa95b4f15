"""Why we believe: provers, evidence, the catalogue's verdicts, and the ``lemmata`` command."""
