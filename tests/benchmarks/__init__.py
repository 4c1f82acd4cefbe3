"""What the program costs beside what people would use instead; ``python -m tests.benchmarks``.

Seconds are measured here and compared by nobody but the reader: no test does so.
"""
