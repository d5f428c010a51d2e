"""ONNX Runtime, set up once and well: devices, sessions, decoding."""
