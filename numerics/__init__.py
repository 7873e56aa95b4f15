"""What happens: engines that run gradient descent, instances, counts, ensembles."""
