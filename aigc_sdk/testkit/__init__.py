"""Conformance checks that third-party plugins run too.

``aigc plugins check NAME --load`` runs them, or pytest does::

    from aigc_sdk.testkit import check_plugin

    @pytest.mark.parametrize("check", check_plugin("my-plugin"), ids=str)
    def test_conformance(check):
        check.raise_if_failed()
"""

from aigc_sdk.testkit.checks import CheckResult, check_plugin

__all__ = ["CheckResult", "check_plugin"]
