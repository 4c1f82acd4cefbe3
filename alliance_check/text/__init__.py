"""Texts, whatever they mean: folding, the tables of data/, catalogues of languages."""
