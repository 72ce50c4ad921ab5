/*
 * The part of the service worker that shows messages while nobody looks at the application, and leads to them. The
 * server sends a title, and what browsers know as options; the data among these say what it is about.
 */
const APPLICATION = "/odoo";
const listener = /** @type {any} */ (self);

/** Address of a record, or of a conversation. */
function addressOf({ action, model, res_id: id }) {
    if (!model || !id) {
        return APPLICATION;
    }
    return action
        ? `${APPLICATION}/action-${action}?active_id=${encodeURIComponent(`${model}_${id}`)}`
        : `${APPLICATION}/${model}/${id}`;
}

async function pagesOfApplication() {
    const pages = await listener.clients.matchAll({ includeUncontrolled: true, type: "window" });
    return pages.filter(({ url }) => new URL(url).pathname.startsWith(APPLICATION));
}

/** A page that is looked at tells of messages itself. */
async function showPushed(data) {
    const pages = await pagesOfApplication();
    if (!pages.some(({ focused }) => focused)) {
        const { title, options } = data.json();
        await listener.registration.showNotification(title, options);
    }
}

/** Open what a notification is about, in a page that is there already, or in a new one. */
async function follow(notification) {
    notification.close();
    const place = notification.data || {};
    const [page] = await pagesOfApplication();
    if (!page) {
        return listener.clients.openWindow(addressOf(place));
    }
    await page.focus();
    page.postMessage({ place, type: "mail.push/open" });
}

/** The browser gave itself another address: the server is told. */
async function registerAgain({ newSubscription, oldSubscription }) {
    const { options, endpoint } = oldSubscription || {};
    const subscription = newSubscription || (options && (await listener.registration.pushManager.subscribe(options)));
    if (subscription) {
        const kwargs = { ...subscription.toJSON(), previousEndpoint: endpoint };
        const params = { args: [], kwargs, method: "register_devices", model: "mail.push.device" };
        await fetch("/web/dataset/call_kw/mail.push.device/register_devices", {
            body: JSON.stringify({ id: 1, jsonrpc: "2.0", method: "call", params }),
            headers: { "Content-Type": "application/json" },
            method: "POST",
        });
    }
}

listener.addEventListener("push", (event) => event.data && event.waitUntil(showPushed(event.data)));
listener.addEventListener("notificationclick", (event) => event.waitUntil(follow(event.notification)));
listener.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(registerAgain(event)));
