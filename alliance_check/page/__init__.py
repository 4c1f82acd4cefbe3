"""What the page in the browser asks of Python: a question as JSON, the answer as JSON.

``data/page/`` holds the page itself. Its worker calls the functions of ``answer`` and ``files``;
nothing here knows that it runs in a browser.
"""
