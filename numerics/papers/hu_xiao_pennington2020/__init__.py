"""Hu, Xiao, Pennington, ICLR 2020: orthogonal initialisation, and narrow Gaussian layers."""
