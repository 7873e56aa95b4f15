"""Wu, Wang, Ma, NeurIPS 2019: zero-asymmetric residual initialisation."""
