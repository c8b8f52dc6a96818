"""The Prefect child of `dondoc up`: server, worker, and an eye on newly applied configurations."""

import asyncio
import os
import signal
from datetime import timedelta
from itertools import count

import httpx
from prefect.client.orchestration import SyncPrefectClient

from flows.deployments import ensure_pool
from flows.environment import Place, engine_id
from flows.inprocess import drain_logs, quick_runs
from flows.say import log
from flows.server import Server, ServerError
from flows.settle import settle
from flows.system import AUDIT, DELIVER, FLOWS, RECONCILE, ask, ensure_system
from flows.worker import InProcessWorker
from obligations.cases.app import App, utc_now
from obligations.cases.applied import version
from obligations.cases.engines import Lock, acquire, beat, release

LOOK_SECONDS = 5.0
LOOKS_A_BEAT = 6
FINISH_WITHIN_SECONDS = 5.0
# The audit after a start compares what the first delivery has sent.
AUDIT_AFTER = timedelta(minutes=1)


class Engine:
    """Prefect's server and the in-process worker, from start to stop."""

    def __init__(self, app: App, place: Place) -> None:
        self.app = app
        self.server = Server(place)
        self.stop = asyncio.Event()
        self._version: int | None = None

    async def live(self) -> None:
        """Runs until SIGTERM, SIGINT or the end of the server.

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
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.stop.set)
        try:
            self.server.start()
            log.info("Đang khởi động Prefect (lần đầu mất chừng nửa phút)…")
            if await self._started():
                with quick_runs() as client:
                    await self._work(client, lock)
        finally:
            await asyncio.to_thread(self.server.stop)

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
            jobs = [asyncio.create_task(worker.serve(self.stop)), asyncio.create_task(self._watch(client, lock))]
            await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            self.stop.set()
            await asyncio.wait(jobs, timeout=FINISH_WITHIN_SECONDS)  # a run may just have been claimed
            if not await worker.idle(FINISH_WITHIN_SECONDS):
                log.warning("Có luồng chưa chạy xong; lần khởi động sau sẽ ghi nhận là dừng giữa chừng.")
                raise asyncio.CancelledError  # leaves the threads behind
            await asyncio.gather(*jobs)
            await asyncio.to_thread(drain_logs, FINISH_WITHIN_SECONDS)

    def _prepare(self, client: SyncPrefectClient) -> None:
        settled = settle(client, list(FLOWS), utc_now())
        if settled.crashed or settled.missed:
            log.info("Dọn lần chạy trước: %d lượt dở dang, %d lượt lỡ giờ.", settled.crashed, settled.missed)
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


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleeps, or less when `stop` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
