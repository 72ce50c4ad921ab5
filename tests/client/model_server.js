/** A model of views whose server is a table of rows and a list of answers. */
import { makeActiveField } from "@web/model/relational_model/utils";
import { RelationalModel } from "@web/model/relational_model/relational_model";

export const LINE_FIELDS = {
    product: { name: "product", type: "char", string: "Product" },
    sequence: { name: "sequence", type: "integer", string: "Sequence" },
};
export const FIELDS = {
    display_name: { name: "display_name", type: "char", string: "Name" },
    active: { name: "active", type: "boolean", string: "Active" },
    line_ids: { name: "line_ids", type: "one2many", relation: "line", relation_field: "order_id", string: "Lines" },
};

export function activeFields() {
    return {
        display_name: makeActiveField({ required: "True" }),
        active: makeActiveField(),
        line_ids: makeActiveField({
            related: { fields: LINE_FIELDS, activeFields: { product: makeActiveField({ required: "True" }) } },
            limit: 40,
        }),
    };
}

/**
 * A model whose server keeps `rows`.
 *
 * @param {Object} config
 * @param {{rows?: Object, answers?: Object<string, any>, hooks?: Object, params?: Object, Model?: Function,
 *     env?: Object, saved?: () => Object[]}} [options] `saved` is what a save reads
 *     an answer that is a function gets what the method was called with
 * @returns {Object} `calls` are what it was asked, `[method, ...]`, `reads` the same of what only reads
 */
export function makeModel(
    config,
    { rows = {}, answers = {}, hooks = {}, params: others = {}, Model = RelationalModel, env = {}, saved } = {}
) {
    const calls = [];
    /** The keyword arguments of the last call of each method. */
    const kwargsOf = {};
    const keep = (method, kwargs) => {
        kwargsOf[method] = kwargs;
    };
    const reads = [];
    const note = (method, ...details) => {
        (method.startsWith("web_read") || method === "web_search_read" ? reads : calls).push([method, ...details]);
        const answer = answers[method];
        return typeof answer === "function" ? answer(...details) : answer;
    };
    const orm = {
        call: async (model, method, args, kwargs) => (keep(method, kwargs), note(method, ...args)),
        read: async (_model, ids, names) => note("read", ids, names),
        search: async (_model, domain) => note("search", domain),
        unlink: async (_model, ids) => note("unlink", ids) ?? true,
        webRead: async (_model, ids, kwargs) => {
            keep("web_read", kwargs);
            return (await note("web_read", ids)) ?? ids.map((id) => rows[id]).filter(Boolean);
        },
        webReadGroup: async (_model, domain, fields, groupby, kwargs) => {
            keep("web_read_group", kwargs);
            return note("web_read_group", domain, fields, groupby);
        },
        webResequence: async (_model, ids, kwargs) => note("resequence", ids, kwargs) ?? false,
        webSave: async (_model, ids, changes, kwargs) => {
            keep("web_save", kwargs);
            await note("web_save", ids, changes);
            const id = kwargs.next_id || ids[0] || 99;
            rows[id] = { line_ids: [], active: true, ...rows[id], ...(!kwargs.next_id && changes), id };
            return saved ? saved() : [{ ...rows[id], line_ids: [] }];
        },
        webSearchRead: async (_model, domain, kwargs) => {
            keep("web_search_read", kwargs);
            const records = Object.values(rows);
            return (await note("web_search_read", domain)) ?? { records, length: records.length };
        },
        write: async (_model, ids, changes) => note("write", ids, changes),
    };
    const notifications = [];
    const dialogs = [];
    const services = {
        orm,
        action: { doAction: async (action, { onClose }) => (calls.push(["doAction", action]), onClose()) },
        company: {},
        dialog: { add: (Dialog, props, options) => dialogs.push({ Dialog, props, options }) },
        notification: {
            add: (message, options) => {
                notifications.push([String(message), options]);
                return () => calls.push(["closed"]);
            },
        },
    };
    const params = { ...others, config: { resModel: "order", fields: FIELDS, context: {}, ...config }, hooks };
    const model = new Model(env, { ...params, config: { activeFields: activeFields(), ...params.config } }, services);
    return { calls, dialogs, kwargsOf, model, notifications, reads };
}

export const ORDER = {
    id: 7,
    display_name: "First",
    active: true,
    line_ids: [
        { id: 1, product: "Desk" },
        { id: 2, product: "Chair" },
    ],
};

export async function openOrder(options = {}) {
    const rows = { 7: { ...ORDER }, 8: { ...ORDER, id: 8, display_name: "Second", line_ids: [] } };
    const made = makeModel(
        { isMonoRecord: true, resId: 7, resIds: [7, 8], mode: "edit", ...options.config },
        { rows, ...options }
    );
    await made.model.load();
    return { ...made, record: made.model.root };
}

export async function openList(options = {}) {
    const rows = { 7: { ...ORDER }, 8: { ...ORDER, id: 8, display_name: "Second" } };
    const made = makeModel(options.config || {}, { rows, ...options });
    await made.model.load({ domain: [["active", "=", true]] });
    return { ...made, list: made.model.root };
}

export const named = (calls, method) => calls.filter(([name]) => name === method);
