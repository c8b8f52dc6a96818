"""What the Prefect child says on standard error, in Vietnamese, for whoever watches `dondoc up`."""

import logging
import sys

log = logging.getLogger("dondoc.flows")


def speak() -> None:
    """Lets `log` reach standard error, one short line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
