"""People's and organisations' names in running text, by lists, context and shape; no model."""
