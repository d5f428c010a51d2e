"""``python -m aigc_sdk.cli`` is ``aigc``."""

from aigc_sdk.cli.main import main

main()
