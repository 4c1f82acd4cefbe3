"""The values that pass from stage to stage, messages and errors."""
