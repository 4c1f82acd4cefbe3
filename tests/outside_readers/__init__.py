"""Programs of others that read our formats back, each behind one function.

A reader that is not installed makes its test fail: a format that nobody read is not tested.
"""
