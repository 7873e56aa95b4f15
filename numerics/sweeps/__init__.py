"""Sweeps: a grid of experiments in one TOML file, its rows in one transactional store.

``spec`` reads the file, ``cells`` names each experiment by its content, ``engines`` runs one,
``store`` keeps the rows, ``schema`` says how it is known to be whole, ``salvage`` copies what holds
of one that is not, ``run`` drives worker processes (or, through ``cluster``, a Dask cluster).
"""
