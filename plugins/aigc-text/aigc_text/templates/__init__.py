"""Built-in copy: sentence-level building blocks in English and Chinese.

They claim nothing on their own: no superlative, no offer, no number, no promise. What is said about the product
comes from its attributes alone; the blocks around them address the reader.
"""
