"""What trains: the only place of this plugin that may import TensorFlow or scikit-learn."""
