"""Where a backfill runs: processes of this machine, or a Dask cluster that somebody else started.

Dask's processes unpickle what they are sent: whoever reaches one can run code there. So a cluster of our own listens on the
loopback only and speaks TLS with a certificate made for this run, and one that is reached over a network must speak TLS.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from foreshock.batch.libraries import library
from foreshock.errors import BackfillError

CONNECTS = "10s"  # how long one attempt to reach a scheduler may take
# Which file is at fault when a worker dies, the journal of tries says (output.py): Dask's own count takes every file that waits
# at a dead worker for a suspect.
CONFIG = {
    "distributed.scheduler.allowed-failures": 100,
    "distributed.comm.timeouts.connect": CONNECTS,
    "distributed.admin.log-length": 100,
    # The status pages of Dask ask nobody who he is: none is served.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
Connect = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Tls:
    """The files with which both ends of a connection prove who they are: an authority, a certificate, its key; all PEM."""

    ca: Path
    cert: Path
    key: Path


@contextmanager
def local(workers: int, *, memory: str) -> Iterator[Connect]:
    """Start worker processes on this machine, one thread each, and give what connects to them; they end with the context.

    Args:
        workers: how many processes.
        memory: how much each may take before it is ended and started anew, as "4 GB".

    Raises:
        BackfillError: a library of the extra ``cluster`` is not installed.
    """
    distributed, dask = library("distributed"), library("dask")
    library("cryptography")
    try:
        library("dask.utils").parse_bytes(memory)
    except ValueError as error:
        raise BackfillError(f"{memory!r} is no amount of memory", remedy='give one such as "4 GB"') from error
    security = distributed.Security.temporary()
    with dask.config.set(CONFIG), TemporaryDirectory(prefix="foreshock-") as scratch:
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=memory,
            host="127.0.0.1",
            protocol="tls",
            security=security,
            dashboard_address=None,
            worker_dashboard_address=None,
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
            preload=["foreshock.batch.quiet"],
        )
        try:
            yield lambda: distributed.Client(cluster, timeout=CONNECTS)
        finally:
            cluster.close(timeout=10)


@contextmanager
def connected(address: str, *, tls: Tls | None = None, insecure: bool = False, patience: float = 300.0) -> Iterator[Connect]:
    """Give what connects to the scheduler at an address, and waits for it where it does not answer.

    Args:
        address: ``tls://host:port``, or ``tcp://host:port`` on this machine.
        tls: the files of the certificate; needed for tls.
        insecure: whether tcp over a network is allowed all the same.
        patience: how many seconds a scheduler that is away is waited for.

    Raises:
        BackfillError: the address is none, or is not safe; a library is not installed.
    """
    check(address, tls=tls, insecure=insecure)
    distributed, dask = library("distributed"), library("dask")
    security = None
    if tls is not None:
        security = distributed.Security(
            tls_ca_file=str(tls.ca), tls_client_cert=str(tls.cert), tls_client_key=str(tls.key), require_encryption=True
        )
    # What a lost scheduler means is said in our own words; what was under way to it ends with an error that nobody asks for.
    for name in ("distributed", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set(CONFIG):
        yield lambda: _reached(distributed, address, security, patience)


def _reached(distributed: Any, address: str, security: Any, patience: float) -> Any:
    until = time.monotonic() + patience
    while True:
        try:
            return distributed.Client(address, security=security, timeout=CONNECTS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            if time.monotonic() > until:
                raise BackfillError(
                    f"no scheduler answers at {address}: {str(error)[:200]}",
                    remedy="start one, with workers; the same command then goes on from here",
                ) from error
            time.sleep(1.0)


def check(address: str, *, tls: Tls | None, insecure: bool) -> None:
    """Refuse an address of a scheduler that is none, or over which anybody on the way could run code on the workers.

    Raises:
        BackfillError: as said, with the remedy.
    """
    parts = urlsplit(address)
    try:
        known = parts.scheme in ("tls", "tcp") and parts.hostname and parts.port
    except ValueError:
        known = None
    if not known:
        raise BackfillError(f"{address!r} is no address of a scheduler", remedy="give one such as tls://scheduler.example:8786")
    if parts.scheme == "tls" and tls is None:
        raise BackfillError(f"{address} speaks TLS", remedy="give --tls-ca, --tls-cert and --tls-key")
    for one in (tls.ca, tls.cert, tls.key) if tls else ():
        if not one.is_file():
            raise BackfillError(f"{one}: no such file", remedy="give the PEM files that the cluster was set up with")
    if parts.scheme == "tcp" and tls is not None:
        raise BackfillError(f"{address} does not speak TLS, but a certificate is given", remedy="write tls:// before the host")
    if parts.scheme == "tcp" and not insecure and not _here(str(parts.hostname)):
        raise BackfillError(
            f"{address} is over a network and not encrypted: whoever reaches it runs code on the workers",
            remedy="use tls:// with --tls-ca, --tls-cert and --tls-key, or say --insecure where the network is your own",
        )


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
