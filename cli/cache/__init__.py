"""Keep what was found of a file, so that an unchanged one is not judged again."""
