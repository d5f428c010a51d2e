"""From trained models (Keras, scikit-learn, GGUF) to verified ONNX bundles.

Nothing heavy is imported here; take what is needed from its module:

- `aigc_exporters.keras_decoder`: a trainable Llama-style decoder, `build_decoder`.
- `aigc_exporters.keras_decoder_export`: `export_decoder`, from it to a bundle with a KV cache.
- `aigc_exporters.keras_export`: `export_keras`, any Keras model through tf2onnx.
- `aigc_exporters.sklearn_export`: `export_sklearn`, text classifiers of scikit-learn.
- `aigc_exporters.gguf_import`: `import_gguf`, Llama-family decoders with their tokenizer.
- `aigc_exporters.parity`: the gate that every export passes.
"""
