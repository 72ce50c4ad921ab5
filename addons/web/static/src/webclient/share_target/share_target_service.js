import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { registry } from "@web/core/registry";

/** Key of the address that the service worker leads to, and what is said to it. */
const KEY = "share_target";
const QUESTION = "odoo_share_target";
/** Milliseconds that the start of the page waits for an answer. */
const PATIENCE = 3000;

/** Ask the service worker for what it took. @returns {Promise<File[]>} */
function receive(worker) {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data?.files || []);
        worker.postMessage({ action: QUESTION }, [port2]);
        browser.setTimeout(() => resolve([]), PATIENCE);
    });
}

/** Files that another application of the device has shared with this one, for the application that takes them. */
export const shareTargetService = {
    async start() {
        let files = [];
        const { controller } = browser.navigator.serviceWorker || {};
        if (new URL(browser.location.href).searchParams.get(KEY) === "trigger") {
            // a page that is loaded again has them no more
            router.hideKeyFromUrl(KEY);
            files = controller ? await receive(controller) : [];
        }
        return {
            hasSharedFiles: () => files.length > 0,
            /** Whoever takes the files is the only one. @returns {File[]} */
            getSharedFilesToUpload: () => files.splice(0),
        };
    },
};

registry.category("services").add("shareTarget", shareTargetService);
