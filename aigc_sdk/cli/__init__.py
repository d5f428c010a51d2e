"""The ``aigc`` command line. Commands are imported when they are used, so that ``aigc --help`` is quick."""
