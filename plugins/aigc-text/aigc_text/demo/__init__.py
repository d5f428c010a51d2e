"""The demo: a few scenes with real models, and one page that shows what came out and why."""
