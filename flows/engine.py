"""The Prefect child of `dondoc up`: server, worker, and an eye on newly applied configurations."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import count

import httpx
from prefect.client.orchestration import SyncPrefectClient

from flows.alarm import tell_of
from flows.deliver import DELIVER
from flows.deployments import ensure_pool
from flows.environment import Place, engine_id
from flows.inprocess import SENDING, STOPPING, drain_logs, quick_runs
from flows.say import log
from flows.server import (
    PORT_FREE_WITHIN_SECONDS,
    STOP_WITHIN_SECONDS,
    PortTaken,
    Server,
    ServerError,
    refuse_taken_port,
)
from flows.settle import CUT_OFF, settle
from flows.system import AUDIT, FLOWS, RECONCILE, SHEET, ask, ensure_system
from flows.worker import InProcessWorker
from obligations.cases.app import App
from obligations.cases.applied import version
from obligations.cases.clock import utc_now
from obligations.cases.upkeep.engines import Lock, acquire, beat, release

LOOK_SECONDS = 5.0
LOOKS_A_BEAT = 6
FINISH_WITHIN_SECONDS = 5.0
# A send has a total limit of a minute.
SEND_WITHIN_SECONDS = 65.0
# The audit after a start compares what the first delivery has sent.
AUDIT_AFTER = timedelta(minutes=1)


class Engine:
    """Prefect's server and the in-process worker, from start to stop."""

    def __init__(self, app: App, place: Place) -> None:
        self.app = app
        self.server = Server(place)
        self.stop = asyncio.Event()
        self.at_once = asyncio.Event()
        self._version: int | None = None
        self._crashed: dict[str, str] = {}  # a run of each flow that the last process left in the middle

    async def live(self) -> None:
        """Runs until SIGTERM, SIGINT or the end of the server; a message under way is sent first, but for SIGQUIT.

        Raises:
            Refused: another engine runs on this database.
            ServerError: the server can't start, or ended by itself.
        """
        lock = acquire(self.app, self.server.place.url, utc_now())
        os.environ["DONDOC_ENGINE"] = lock.id
        try:
            await self._live(lock)
        finally:
            release(lock)

    async def _live(self, lock: Lock) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        loop.add_signal_handler(signal.SIGQUIT, self._end_at_once)
        STOPPING.clear()
        try:
            await self._port()
            if not self.stop.is_set():
                self.server.start()
                log.info("Đang khởi động Prefect (lần đầu mất chừng nửa phút)…")
            if await self._started():
                with quick_runs() as client:
                    await self._work(client, lock)
        finally:
            await asyncio.to_thread(self.server.stop, 0 if self.at_once.is_set() else STOP_WITHIN_SECONDS)

    def _end(self) -> None:
        self.stop.set()
        STOPPING.set()

    def _end_at_once(self) -> None:
        self._end()
        self.at_once.set()

    async def _port(self) -> None:
        """Waits for the port: the server of an engine that was killed a moment ago may still be there."""
        end = time.monotonic() + PORT_FREE_WITHIN_SECONDS
        for look in count():
            try:
                refuse_taken_port(self.server.place.port)
            except PortTaken as taken:
                if time.monotonic() > end:
                    raise
                if look == 0:
                    log.warning("%s Chờ tối đa %.0f giây.", taken, PORT_FREE_WITHIN_SECONDS)
            else:
                return
            await _sleep(self.stop, 0.5)
            if self.stop.is_set():
                return

    async def _started(self) -> bool:
        while not self.stop.is_set():
            if await asyncio.to_thread(self.server.healthy):
                return True
            await asyncio.sleep(0.2)
        return False

    async def _work(self, client: SyncPrefectClient, lock: Lock) -> None:
        await asyncio.to_thread(self._prepare, client)
        worker = InProcessWorker(FLOWS, name=engine_id())
        async with worker:
            log.info("Prefect sẵn sàng: %s", self.server.place.url)
            threading.Thread(target=self._tell_of_crashed, daemon=True).start()  # a mail server may take a minute
            jobs = [asyncio.create_task(worker.serve(self.stop)), asyncio.create_task(self._watch(client, lock))]
            await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            self._end()
            await asyncio.wait(jobs, timeout=FINISH_WITHIN_SECONDS)  # a run may just have been claimed
            if not await self._idle(worker):
                log.warning("Có luồng chưa chạy xong; lần khởi động sau sẽ ghi nhận là dừng giữa chừng.")
                raise _fault(jobs) or asyncio.CancelledError  # leaves the threads behind
            await asyncio.gather(*jobs)
            await asyncio.to_thread(drain_logs, FINISH_WITHIN_SECONDS)

    async def _idle(self, worker: InProcessWorker) -> bool:
        """Waits for running flows, seconds for any and a send's time for a delivery that is sending; are all over?"""
        end = time.monotonic() + SEND_WITHIN_SECONDS
        if SENDING.is_set():
            log.info("Đang dừng: chờ gửi xong thư đang gửi. Dừng lần nữa thì bỏ ngang.")
        while SENDING.is_set() and time.monotonic() < end and not self.at_once.is_set():
            await _sleep(self.at_once, 0.1)
        return await worker.idle(0 if self.at_once.is_set() else FINISH_WITHIN_SECONDS)

    def _tell_of_crashed(self) -> None:
        for flow, run in self._crashed.items():
            tell_of(flow, run, CUT_OFF, is_cut_off=True)

    def _prepare(self, client: SyncPrefectClient) -> None:
        settled = settle(client, list(FLOWS), utc_now())
        if settled.crashed or settled.missed:
            log.info("Dọn lần chạy trước: %d lượt dở dang, %d lượt lỡ giờ.", len(settled.crashed), settled.missed)
        self._crashed = dict(settled.crashed)
        ensure_pool(client)
        self._version = version(self.app)
        self._follow(client, "khởi động")

    def _follow(self, client: SyncPrefectClient, why: str) -> None:
        """Fits the schedules to the configuration and asks for one run of everything, in the order of the work."""
        ids = ensure_system(client, self.app)
        ask(client, ids[RECONCILE], f"Lập lịch · {why}")
        if DELIVER in ids:
            ask(client, ids[DELIVER], f"Gửi nhắc việc · {why}")
            ask(client, ids[AUDIT], f"Đối chiếu · {why}", after=AUDIT_AFTER)
            ask(client, ids[SHEET], f"Phiếu theo dõi · {why}", after=AUDIT_AFTER)

    async def _watch(self, client: SyncPrefectClient, lock: Lock) -> None:
        for look in count():
            await _sleep(self.stop, LOOK_SECONDS)
            if self.stop.is_set():
                return
            if not self.server.alive:
                raise ServerError(f"Máy chủ Prefect đã tự dừng; xem {self.server.log}")
            if look % LOOKS_A_BEAT == 0:
                await asyncio.to_thread(beat, self.app, lock, utc_now())
            newest = await asyncio.to_thread(version, self.app)
            if newest != self._version and await self._followed(client, f"cấu hình số {newest}"):
                self._version = newest

    async def _followed(self, client: SyncPrefectClient, why: str) -> bool:
        try:
            await asyncio.to_thread(self._follow, client, why)
        except httpx.HTTPError as problem:
            log.warning("Chưa lập lịch lại được theo %s (%s); sẽ thử lại.", why, problem)
            return False
        log.info("Đang lập lịch lại theo %s.", why)
        return True


def _fault(jobs: Iterable[asyncio.Task[None]]) -> BaseException | None:
    """What ended the work, where it was not a signal."""
    return next((job.exception() for job in jobs if job.done() and job.exception()), None)


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleeps, or less when `stop` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
