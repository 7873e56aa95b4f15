"""Du, Hu, ICML 2019: wide layers of Gaussian weights."""
