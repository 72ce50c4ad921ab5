"""What a browser is told to measure: pages, clicks and memory."""

import contextlib
import tempfile
from dataclasses import dataclass, field

from browser.settling import Traffic

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

VIEWPORT = {"width": 1440, "height": 900}
#: milliseconds after which a case has failed
TIMEOUT = 120_000
#: 4 Mbit/s, and 100 ms until a first byte
SLOW_LINE = {"offline": False, "latency": 100, "downloadThroughput": 500_000, "uploadThroughput": 500_000}

#: notes when something that was asked for is there and laid out, in milliseconds since the page was asked for
_WATCH = """(selector) => {
    window.perfShown = new Promise((resolve) => {
        const observer = new MutationObserver(look);
        function look() {
            if (document.querySelector(selector)) {
                observer.disconnect();
                document.body.getBoundingClientRect();
                resolve(performance.now());
            }
        }
        observer.observe(document, { childList: true, subtree: true });
        look();
    });
}"""

#: does something as soon as that is possible, and returns the milliseconds until the page shows what it leads to
_ACT = """async ({ click, type, value, ready, text, gone, timeout }) => {
    const until = (isReached, what) =>
        new Promise((resolve, reject) => {
            const all = { attributes: true, characterData: true, childList: true, subtree: true };
            const observer = new MutationObserver(look);
            const timer = setTimeout(() => reject(new Error(`not there: ${what}`)), timeout);
            function look() {
                if (isReached()) {
                    clearTimeout(timer);
                    observer.disconnect();
                    resolve();
                }
            }
            observer.observe(document.body, all);
            look();
        });
    const isReady = () => {
        const found = document.querySelector(ready);
        return (
            found &&
            (text === null || found.textContent.trim() === text) &&
            !(gone && document.querySelector(gone))
        );
    };
    await until(() => document.querySelector(click || type), click || type);
    if (isReady()) {
        throw new Error(`there already: ${ready} ${text}`);
    }
    const start = performance.now();
    if (click) {
        document.querySelector(click).click();
    } else {
        const input = document.querySelector(type);
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    await until(isReady, `${ready} ${text}`);
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""


@dataclass
class Load:
    """What loading a page took.

    :ivar milliseconds: until what was asked for was on screen
    :ivar requests: requests that went to the server
    :ivar size: bytes that came from it, as they were sent
    :ivar parts: `(bytes, address)` of each answer
    """

    milliseconds: float = 0
    requests: int = 0
    size: int = 0
    parts: list = field(default_factory=list)


class Window:
    """A browser with a profile of its own, and a page in it that is logged in."""

    def __init__(self, playwright, url, session):
        self._stack = contextlib.ExitStack()
        profile = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="perf-", ignore_cleanup_errors=True))
        self._context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=list(CHROMIUM_ARGS), viewport=VIEWPORT
        )
        self._stack.callback(self._context.close)
        self._context.set_default_timeout(TIMEOUT)
        self._context.add_cookies([{"name": "session_id", "value": session, "url": url}])
        self._url = url
        self.page = self._context.pages[0]
        self._traffic = Traffic(self.page)
        self._cdp = self._context.new_cdp_session(self.page)
        self._load = Load()
        self._watched = None
        self._addresses = {}
        self._watch_network()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._stack.close()

    def _watch_network(self):
        kept = set()

        def answered(event):
            self._addresses[event["requestId"]] = event["response"]["url"]
            if event["response"].get("fromDiskCache") or event["response"].get("fromServiceWorker"):
                kept.add(event["requestId"])

        def finished(event):
            url = self._addresses.get(event["requestId"], "")
            if url.startswith("http") and event["requestId"] not in kept:
                self._load.requests += 1
                self._load.size += int(event["encodedDataLength"])
                self._load.parts.append((int(event["encodedDataLength"]), url))

        self._cdp.on("Network.responseReceived", answered)
        self._cdp.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
        self._cdp.on("Network.loadingFinished", finished)
        self._cdp.send("Network.enable")

    def slow_down(self):
        """Have the line be slow from now on."""
        self._cdp.send("Network.emulateNetworkConditions", SLOW_LINE)

    def load(self, path, selector):
        """Load a page and return the :class:`Load` until a selector finds something on it."""
        self._load = load = Load()
        if selector != self._watched:
            self.page.add_init_script(f"({_WATCH})({selector!r})")
            self._watched = selector
        self.page.goto(self._url + path, wait_until="commit")
        load.milliseconds = self.page.evaluate("() => window.perfShown")
        self._traffic.wait()
        return load

    def click(self, selector, ready, text=None, gone=None):
        """Click, and return the milliseconds until `ready` finds something.

        :param text: what there has to be in it
        :param gone: selector that finds nothing then
        """
        return self._act(ready, text, click=selector, gone=gone)

    def type(self, selector, value, ready, text=None):
        """Type, and return the milliseconds as :meth:`click` does."""
        return self._act(ready, text, type=selector, value=value)

    def _act(self, ready, text, **how):
        arguments = {
            "click": None,
            "type": None,
            "value": None,
            "gone": None,
            **how,
            "ready": ready,
            "text": text,
            "timeout": TIMEOUT,
        }
        return self.page.evaluate(_ACT, arguments)

    def count(self, selector):
        """Return how many elements a selector finds."""
        return self.page.locator(selector).count()

    def memory(self):
        """Return what is left after garbage is collected: `(megabytes of the heap, nodes, listeners)`."""
        self._cdp.send("Performance.enable")
        for _turn in range(2):
            self._cdp.send("HeapProfiler.collectGarbage")
        metrics = {item["name"]: item["value"] for item in self._cdp.send("Performance.getMetrics")["metrics"]}
        return metrics["JSHeapUsedSize"] / 2**20, int(metrics["Nodes"]), int(metrics["JSEventListeners"])
