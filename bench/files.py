"""Files of 60 MB on their way in and out, and pictures of 12 megapixels looked through: CPU time and memory."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from PIL import Image

from bench.lib.report import heading, table
from bench.lib.serving import Served, served
from chat import conf, pictures
from chat.tests.process.people import people, run
from chat.tests.process.raw import memory_mb
from chat.tests.process.sender import Sender

MIB = 1024 * 1024
SIZE = 60  # MiB
ROUNDS = 5
PIXELS = (4_000, 3_000)
TURNED = 6  # EXIF: a telephone that was held upright


async def pieces() -> AsyncIterator[bytes]:
    for _ in range(SIZE):
        yield bytes(MIB)


def cpu_seconds(pid: int) -> float:
    """What a process has worked so far."""
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


async def cost(site: Served, work: Callable[[], Awaitable[Any]]) -> list[str]:
    """CPU time of the server for one round, and by how much its memory grew at most."""
    daphne = site.daphne
    forget_peak(daphne.pid)
    before, began = memory_mb(daphne, "VmHWM"), cpu_seconds(daphne.pid)
    for _ in range(ROUNDS):
        await work()
    spent = (cpu_seconds(daphne.pid) - began) / ROUNDS
    return [f"{spent:.2f} s", f"{memory_mb(daphne, 'VmHWM') - before:.0f} MB"]


async def transfers(site: Served) -> list[list[str]]:
    [ana] = people(site.site, "ana")
    room = run(site.site, "new_room", "garden", [ana.id])
    async with Sender(site.daphne, ana.cookie) as sender:
        kept = (await sender.upload(room, pieces(), "film.mp4")).json()["id"]

        async def upload() -> None:
            answer = await sender.upload(room, pieces(), "film.mp4")
            await sender.discard(answer.json()["id"])

        async def download() -> None:
            await sender.fetch(kept)

        async def several() -> None:
            await asyncio.gather(*(upload() for _ in range(3)))

        return [
            ["one upload", *await cost(site, upload)],
            ["three uploads at once", *await cost(site, several)],
            ["one download", *await cost(site, download)],
        ]


def samples(directory: Path) -> Iterator[tuple[str, Path]]:
    """Noise on a slope: nothing that a format could make small work of."""
    picture = Image.merge("RGB", [Image.effect_noise(PIXELS, sigma) for sigma in (20, 30, 40)])
    tags = Image.Exif()
    tags[0x0112] = TURNED
    formats: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 90},
        "JPEG, turned": {"quality": 90, "exif": tags},
        "PNG": {},
        "WEBP": {},
        "AVIF": {"speed": 9},
    }
    for name, options in formats.items():
        path = directory / name
        picture.save(path, name.partition(",")[0], **options)
        yield name, path
    frames = [picture.crop((at, at, at + 640, at + 480)) for at in range(0, 1_000, 10)]
    frames[0].save(directory / "GIF", "GIF", save_all=True, append_images=frames[1:], duration=40)
    yield "GIF of 100 frames, 640 x 480", directory / "GIF"


def cleanings() -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for kind, path in samples(directory):
            began = process_time()
            pictures.clean(path, directory / "cleaned")
            cleaned = process_time()
            pictures.write_thumbnail(directory / "cleaned", directory / "small", side=conf.THUMBNAIL_PIXELS)
            size = f"{path.stat().st_size / MIB:.1f} MiB"
            yield [kind, size, f"{cleaned - began:.2f} s", f"{process_time() - cleaned:.2f} s"]


async def main() -> None:
    heading("files", f"Files of {SIZE} MiB: the server's CPU time, and the memory that it needed more")
    with served() as site:
        table(["", "CPU", "memory"], await transfers(site))
    print("\nPictures of 12 megapixels:")
    table(["", "size", "looked through and cleaned", "thumbnail"], cleanings())


if __name__ == "__main__":
    asyncio.run(main())
