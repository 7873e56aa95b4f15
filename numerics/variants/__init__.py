"""Counts for gradient descent that is not plain: schedules, clipping, decay, momentum, noise."""
