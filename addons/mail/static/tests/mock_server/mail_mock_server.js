/** Routes of messages, answered in the page of a test. */

import { MockServer, onRpc } from "@web/../tests/web_test_helpers";

/** Id of the action of the messages page. */
export const DISCUSS_ACTION_ID = 104;

/** Answers by route. @type {Map<string, Function>} */
const routes = new Map();

/** Parameters of a request. @returns {Promise<Object>} */
export async function parseRequestParams(request) {
    const { params } = await request.json();
    return params;
}

/** Have a route answered in all tests with messages. @param {string} route @param {Function} handler of the request */
export function registerRoute(route, handler) {
    routes.set(route, handler);
    return handler;
}

/** Have the routes answered in the tests that follow. */
export function defineMailRoutes() {
    for (const route of routes.keys()) {
        onRpc(route, function (request) {
            return routes.get(route).call(this, request);
        });
    }
}

/** What pages take for their store: records by the names of their models. */
export class Store {
    constructor() {
        this.data = {};
    }

    add(modelName, values) {
        (this.data[modelName] ??= []).push(...[values].flat());
        return this;
    }

    get_result() {
        return this.data;
    }
}

export const mailDataHelpers = {
    Store,
    /** What is told for the questions of a page. */
    processRequest: () => new Store(),
};

/** A message as pages are told of it. */
function messageData(env, message) {
    const author = message.author_id && { id: [message.author_id].flat()[0], type: "partner" };
    const { body, date, id, message_type, model, res_id } = message;
    return { author, body, date, id, message_type, model, res_id, thread: { id: res_id, model } };
}

const own = (thread_model, thread_id) => (message) => message.model === thread_model && message.res_id === thread_id;

export const mail_data = registerRoute("/mail/data", async () => mailDataHelpers.processRequest().get_result());
export const mail_action = registerRoute("/mail/action", async () => mailDataHelpers.processRequest().get_result());

export const mail_thread_data = registerRoute("/mail/thread/data", async (request) => {
    const { thread_id: id, thread_model: model } = await parseRequestParams(request);
    return { "mail.thread": [{ hasReadAccess: true, hasWriteAccess: true, id, model }] };
});

export const mail_thread_messages = registerRoute("/mail/thread/messages", async (request) => {
    const { before, limit = 30, thread_id, thread_model } = await parseRequestParams(request);
    const { env } = MockServer.current;
    const all = [...env.model("mail.message")].filter(own(thread_model, thread_id));
    const newest = all.filter(({ id }) => !before || id < before).sort((one, other) => other.id - one.id);
    const page = newest.slice(0, limit);
    const data = { "mail.message": page.map((message) => messageData(env, message)) };
    return { data, messages: page.map(({ id }) => id) };
});

export const mail_message_post = registerRoute("/mail/message/post", async (request) => {
    const { post_data: values, thread_id, thread_model } = await parseRequestParams(request);
    const { env } = MockServer.current;
    const [id] = env
        .model("mail.message")
        .create([{ body: values.body, message_type: values.message_type, model: thread_model, res_id: thread_id }]);
    const message = [...env.model("mail.message")].find((one) => one.id === id);
    return { "mail.message": [messageData(env, message)] };
});
