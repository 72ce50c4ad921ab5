/** What runs in the worker: pages that share it come by connections, the only page of another by itself. */
import { WebsocketWorker } from "./websocket_worker.js";

const worker = new WebsocketWorker();
if ("onconnect" in self) {
    self.addEventListener("connect", (/** @type {MessageEvent} */ { ports: [port] }) => {
        worker.registerClient(port);
        port.start();
    });
} else {
    worker.registerClient(self);
}
