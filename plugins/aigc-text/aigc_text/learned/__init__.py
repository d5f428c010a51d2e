"""Learned copy, serving side: which attributes fit, prompts, faithful candidates. Imports no TensorFlow."""
