"""Benchmarks beside peers and limits, in one run: `make bench`.

Machines differ and are noisy, so every figure stands beside a limit measured in the same run, and the
ratio is what counts. Each benchmark prints the digest of its answer: a fast wrong answer shows.
"""
