"""Random questions of every setting of the counter, and a judge that steps."""
