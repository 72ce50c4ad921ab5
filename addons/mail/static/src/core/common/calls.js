import { rpc } from "@web/core/network/rpc";

/**
 * Call a method of the server on what a record stands for; the page does not wait for it.
 *
 * @param {Object} record
 * @param {string} model on the server
 * @param {string} method
 * @param {...any} args
 */
export function callOn(record, model, method, ...args) {
    const { silent } = record.env.services.orm;
    return silent.call(model, method, [[record.id], ...args]);
}

/**
 * Put a sign of the user to a message, or take it back.
 *
 * @param {Object} message
 * @param {string} content the sign
 * @param {"add"|"remove"} action
 */
export async function changeReaction(message, content, action) {
    const access = message.thread?.rpcParams || {};
    const told = await rpc("/mail/message/reaction", { ...access, message_id: message.id, content, action });
    message.store.insert(told, { html: true });
}

/** The conversation of the user with one person, when it is known. @returns {Object|undefined} */
export function chatWith(persona) {
    for (const thread of Object.values(persona.store.Thread.records)) {
        if (thread.channel_type === "chat" && persona.eq(thread.correspondent?.persona)) {
            return thread;
        }
    }
    return undefined;
}

/** What opens the form of a record. @param {string} model @param {number} id @param {Object} [how] more of the action */
export function formAction(model, id, how = {}) {
    return { ...how, type: "ir.actions.act_window", res_id: id, res_model: model, views: [[false, "form"]] };
}

/** Show an action, and wait until its dialog is closed. @returns {Promise<void>} */
export function untilClosed(env, action) {
    return new Promise((onClose) => env.services.action.doAction(action, { onClose: () => onClose() }));
}
