"""The pipeline: calling components safely, screening, ranking, streaming."""
