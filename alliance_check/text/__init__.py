"""Folding, phrases and the tables of the package: texts, whatever they mean."""
