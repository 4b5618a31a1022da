"""Whether the extra `mpp` and Java are there, for tests that need them."""

import importlib.util

import pytest


def lacking() -> str:
    """What is not there, or nothing. Java is looked for, not started: that is for another process than the tests'."""
    if any(importlib.util.find_spec(each) is None for each in ("jpype", "mpxj")):
        return "the extra mpp is not installed"
    import jpype  # noqa: PLC0415 - an extra

    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        return "there is no Java"
    return ""


LACKING = lacking()
needs_java = pytest.mark.skipif(bool(LACKING), reason=LACKING)
