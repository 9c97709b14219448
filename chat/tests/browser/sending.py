"""Files in a page: chosen, on their way, and in messages."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from playwright.async_api import CDPSession, FilePayload, Locator, expect

from chat.tests.browser.pages import ChatPage
from chat.tests.pictures.samples import halves

# A browser hands over what is pasted or dropped in an object that only it can make.
GIVE = """([selector, event, files, types]) => {
  const data = new DataTransfer();
  for (const { name, type, content } of files) {
    data.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name, { type }));
  }
  for (const type of types) data.setData(type, "words");
  const target = selector ? document.querySelector(selector) : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  const options = { bubbles: true, cancelable: true };
  const made = event === "paste"
    ? new ClipboardEvent(event, { ...options, clipboardData: data })
    : new DragEvent(event, { ...options, dataTransfer: data });
  return !target.dispatchEvent(made);
}"""


def picture(name: str = "kites.png", size: tuple[int, int] = (800, 500)) -> FilePayload:
    content = BytesIO()
    halves(size).save(content, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": content.getvalue()}


def document(name: str = "notes.txt", content: bytes = b"words") -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def large(name: str = "film.mp4", size: int = 3 * 1024 * 1024, begins: bytes = b"") -> FilePayload:
    return {"name": name, "mimeType": "video/mp4", "buffer": begins + bytes(size)}


class Files:
    """What of a page is about files."""

    def __init__(self, page: ChatPage) -> None:
        self.page = page.page
        self.tray = page.page.locator("#tray")
        self.uploads = page.page.locator("[data-upload]")
        self.done = page.page.locator("[data-upload][data-state=done]")
        self.failed = page.page.locator("[data-upload][data-state=failed]")
        self.pictures = page.page.locator("#lines [data-picture]")
        self.documents = page.page.locator("#lines .document")
        self.viewer = page.page.locator("#viewer")
        self.shown = page.page.locator("#viewer-image")
        self.drop_target = page.page.locator("#drop")
        self._network: CDPSession | None = None

    def upload(self, name: str) -> Locator:
        return self.uploads.filter(has_text=name)

    async def pick(self, *files: FilePayload) -> None:
        """Through the clip, as people do."""
        async with self.page.expect_file_chooser() as choosing:
            await self.page.get_by_role("button", name="Attach files").click()
        await (await choosing.value).set_files(list(files))

    async def give(self, event: str, *files: FilePayload, to: str = "", types: tuple[str, ...] = ()) -> bool:
        """Paste or drag them somewhere; whether the page has taken the event for its own."""
        content = [
            {"name": one["name"], "type": one["mimeType"], "content": base64.b64encode(one["buffer"]).decode()}
            for one in files
        ]
        taken: bool = await self.page.evaluate(GIVE, [to, event, content, types])
        return taken

    async def drop(self, *paths: Path) -> None:
        """From outside of the browser, as from a file manager."""
        session = await self.page.context.new_cdp_session(self.page)
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            await session.send("Input.dispatchDragEvent", {"type": kind, "x": 180, "y": 300, "data": data})
        await session.detach()

    async def uploaded(self, *files: FilePayload) -> None:
        await self.pick(*files)
        await expect(self.done).to_have_count(len(files))

    async def slow_down(self, bytes_a_second: int) -> None:
        """What the page sends from now on takes its time."""
        self._network = self._network or await self.page.context.new_cdp_session(self.page)
        await self._network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second},
        )

    async def as_usual(self) -> None:
        await self.slow_down(-1)


def lying(directory: Path) -> list[str]:
    """What lies among the uploads of a site's data directory."""
    return [path.name for path in (directory / "uploads").rglob("*") if path.is_file()]
