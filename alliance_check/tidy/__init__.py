"""Write a sheet in the words of the official lists."""

from alliance_check.tidy.file import Edit, Left, Tidied, tidied

__all__ = ["Edit", "Left", "Tidied", "tidied"]
