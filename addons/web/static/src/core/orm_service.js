import { Domain } from "@web/core/domain";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { omit } from "@web/core/utils/objects";

/** Methods after which what others know of records is old. */
export const UPDATE_METHODS = ["unlink", "create", "write", "web_save", "action_archive", "action_unarchive"];

/** Builders and codes of the commands that change x2many fields. */
export const x2ManyCommands = {
    CREATE: 0,
    UPDATE: 1,
    DELETE: 2,
    UNLINK: 3,
    LINK: 4,
    CLEAR: 5,
    SET: 6,
    create: (virtualID, values) => [0, virtualID || false, omit(values, "id")],
    update: (id, values) => [1, id, omit(values, "id")],
    delete: (id) => [2, id, false],
    unlink: (id) => [3, id, false],
    link: (id) => [4, id, false],
    clear: () => [5, false, false],
    set: (ids) => [6, false, ids],
};

function expectModel(value) {
    if (typeof value !== "string" || !value.length) {
        throw new Error(`Invalid model name: ${value}`);
    }
}

function expectIds(value) {
    const good = Array.isArray(value) && value.every((id) => Number.isInteger(id));
    if (!good) {
        throw new Error(`Invalid ids list: ${JSON.stringify(value)}`);
    }
}

function expectList(name, value) {
    if (!Array.isArray(value)) {
        throw new Error(`Invalid ${name}: ${JSON.stringify(value)}`);
    }
}

function listForm(domain) {
    return domain instanceof Domain ? domain.toList({}) : domain;
}

/** Calls of model methods. `orm.silent.call(...)` shows no loading indicator. */
export class ORM {
    constructor() {
        this.rpc = rpc;
        this._silent = false;
    }

    get silent() {
        return Object.assign(Object.create(this), { _silent: true });
    }

    /** Call any method. @param {string} model @param {string} method @param {any[]} [args] @param {Object} [kwargs] */
    call(model, method, args = [], kwargs = {}) {
        expectModel(model);
        const fullContext = { ...user.context, ...(kwargs.context || {}) };
        const params = { model, method, args, kwargs: { ...kwargs, context: fullContext } };
        return this.rpc(`/web/dataset/call_kw/${model}/${method}`, params, { silent: this._silent });
    }

    create(model, records, kwargs = {}) {
        expectList("records", records);
        return this.call(model, "create", [records], kwargs);
    }

    read(model, ids, fields, kwargs = {}) {
        expectIds(ids);
        return ids.length ? this.call(model, "read", [ids, fields], kwargs) : Promise.resolve([]);
    }

    readGroup(model, domain, fields, groupby, kwargs = {}) {
        return this.call(model, "read_group", [], {
            ...kwargs,
            domain: listForm(domain),
            fields,
            groupby: [...new Set(groupby)],
        });
    }

    webReadGroup(model, domain, fields, groupby, kwargs = {}) {
        return this.call(model, "web_read_group", [], {
            ...kwargs,
            domain: listForm(domain),
            fields,
            groupby: [...new Set(groupby)],
        });
    }

    search(model, domain, kwargs = {}) {
        return this.call(model, "search", [listForm(domain)], kwargs);
    }

    searchRead(model, domain, fields, kwargs = {}) {
        return this.call(model, "search_read", [], { ...kwargs, domain: listForm(domain), fields });
    }

    searchCount(model, domain, kwargs = {}) {
        return this.call(model, "search_count", [listForm(domain)], kwargs);
    }

    unlink(model, ids, kwargs = {}) {
        expectIds(ids);
        return ids.length ? this.call(model, "unlink", [ids], kwargs) : Promise.resolve(true);
    }

    write(model, ids, data, kwargs = {}) {
        expectIds(ids);
        return this.call(model, "write", [ids, data], kwargs);
    }

    webRead(model, ids, kwargs = {}) {
        expectIds(ids);
        return this.call(model, "web_read", [ids], kwargs);
    }

    webSearchRead(model, domain, kwargs = {}) {
        return this.call(model, "web_search_read", [], { ...kwargs, domain: listForm(domain) });
    }

    webSave(model, ids, data, kwargs = {}) {
        expectIds(ids);
        return this.call(model, "web_save", [ids, data], kwargs);
    }

    async webResequence(model, ids, kwargs = {}) {
        const { field_name: field, offset, context } = kwargs;
        const params = { model, ids, context: { ...user.context, ...context } };
        return this.rpc("/web/dataset/resequence", { ...params, ...(field && { field }), ...(offset && { offset }) });
    }
}

export const ormService = {
    async: [
        "call",
        "create",
        "nameGet",
        "read",
        "readGroup",
        "search",
        "searchRead",
        "unlink",
        "webSearchRead",
        "write",
        "webRead",
        "webSave",
        "webReadGroup",
        "searchCount",
        "webResequence",
    ],
    start() {
        return new ORM();
    },
};

registry.category("services").add("orm", ormService);
