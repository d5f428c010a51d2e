"""Text generators: marketing copy and chat."""
