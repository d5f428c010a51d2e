"""``text/privacy``: personal and secret data by shape, checksum and context, one file a kind of data.

`detector.py` runs the finders; `pseudonyms.py` redacts with placeholders, stable pseudonyms or reversibly.
"""
