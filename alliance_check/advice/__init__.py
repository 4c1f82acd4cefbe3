"""Advice: what to change, how safe an eligible consortium is, and what if."""
