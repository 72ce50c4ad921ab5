/** Messages of the server in tests that run in the page, where workers say nothing by themselves. */

import { expect, test } from "@odoo/hoot";
import { browser } from "@web/core/browser/browser";
import { getService, makeMockEnv, patchWithCleanup } from "@web/../tests/web_test_helpers";

test("U61 U63: what the worker tells reaches those who subscribed", async () => {
    const workers = [];
    class SayingWorker extends EventTarget {
        constructor() {
            super();
            workers.push(this);
        }

        postMessage({ action }) {
            expect.step(action);
        }
    }
    patchWithCleanup(browser, { Worker: SayingWorker });
    await makeMockEnv();
    expect.verifySteps(["initialize_connection"]);
    getService("bus_service").subscribe("greeting", (payload, { id }) => expect.step([id, payload]));
    const data = { type: "notification", data: [{ id: 1, message: { type: "greeting", payload: "hello" } }] };
    workers[0].dispatchEvent(new MessageEvent("message", { data }));
    expect.verifySteps([[1, "hello"]]);
});
