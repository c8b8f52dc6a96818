"""A few months of a small office with one fault each: at a commit, or at a stage of one message.

`python -m tests.one_fault` lives them all.
"""

from __future__ import annotations

from tests.one_fault import KINDS, faults, wrong_with

EVERY = 71  # spreads over commits, messages and every kind


def test_no_single_fault_breaks_a_promise() -> None:
    wrong, known = faults()
    chosen = known[::EVERY]
    assert wrong == []
    assert {fault.kind for fault in chosen if fault.at == "message"} == set(KINDS)
    assert {str(fault): found for fault in chosen if (found := wrong_with(fault))} == {}
