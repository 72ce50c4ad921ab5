/** Whole views over records that are kept in the page: what a server would answer is answered from there. */
import { Component, EventBus, xml } from "@odoo/owl";
import { page } from "vitest/browser";
import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { View } from "@web/views/view";
import { answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

import.meta.glob("../../addons/web/static/src/search/**/*.js", { eager: true });
import.meta.glob("../../addons/web/static/src/views/{fields,widgets,list,kanban,form}/**/*.js", { eager: true });

const SERVICES = ["hotkey", "ui", "command", "dialog", "notification", "popover", "overlay", "orm", "field", "name"];

/** Records by model, and the methods that views call. */
export class Server {
    /** @param {Object<string, {fields: Object, records: Object[]}>} models */
    constructor(models) {
        this.models = models;
        this.nextId = 1000;
    }

    field(model, name) {
        return this.models[model].fields[name] || {};
    }

    found(model, domain, order) {
        const records = this.models[model].records.filter((record) =>
            new Domain(domain || []).contains(
                Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value?.id ?? value]))
            )
        );
        const [name, direction] = (order || "").split(/[ ,]+/);
        const sign = direction?.toLowerCase() === "desc" ? -1 : 1;
        return name ? [...records].sort((a, b) => (a[name] > b[name] ? sign : a[name] < b[name] ? -sign : 0)) : records;
    }

    row(record, specification = {}) {
        return Object.fromEntries(["id", ...Object.keys(specification)].map((name) => [name, record[name] ?? false]));
    }

    by(model, ids) {
        return ids.map((id) => this.models[model].records.find((record) => record.id === id)).filter(Boolean);
    }

    web_search_read(model, _args, { domain, specification, offset = 0, limit, order }) {
        const records = this.found(model, domain, order);
        return {
            length: records.length,
            records: records
                .slice(offset, limit ? offset + limit : undefined)
                .map((record) => this.row(record, specification)),
        };
    }

    web_read_group(model, _args, { domain, fields, groupby, orderby }) {
        const [spec] = groupby;
        const [name] = spec.split(":");
        const groups = new Map();
        for (const record of this.found(model, domain)) {
            const value = record[name]?.id ?? record[name] ?? false;
            groups.set(value, [...(groups.get(value) || []), record]);
        }
        const rows = [...groups].map(([value, records]) => {
            const sums = (fields || []).filter((item) => item.endsWith(":sum")).map((item) => item.split(":")[0]);
            const first = records[0][name];
            return {
                [spec]: first?.id ? [first.id, first.display_name] : value,
                [`${name}_count`]: records.length,
                __count: records.length,
                __domain: [...(domain || []), [name, "=", value]],
                ...Object.fromEntries(
                    sums.map((sum) => [sum, records.reduce((total, record) => total + (record[sum] || 0), 0)])
                ),
            };
        });
        if (orderby?.startsWith("__count")) {
            const sign = /desc/i.test(orderby) ? -1 : 1;
            rows.sort((a, b) => sign * (a.__count - b.__count));
        }
        return { groups: rows, length: rows.length };
    }

    fields_get(model) {
        const described = Object.entries(this.models[model].fields).map(([name, field]) => [
            name,
            { name, searchable: true, sortable: true, store: true, ...field },
        ]);
        return Object.fromEntries(described);
    }

    web_read(model, [ids], { specification }) {
        return this.by(model, ids).map((record) => this.row(record, specification));
    }

    read(model, [ids, names]) {
        return this.by(model, ids).map((record) =>
            this.row(record, Object.fromEntries(names.map((name) => [name, {}])))
        );
    }

    onchange(_model, [, changes]) {
        return { value: { ...changes } };
    }

    web_save(model, [ids, changes], { specification }) {
        let records = this.by(model, ids);
        if (!ids.length) {
            records = [{ id: this.nextId++ }];
            this.models[model].records.push(records[0]);
        }
        records.forEach((record) => this.set(model, record, changes));
        return records.map((record) => this.row(record, specification));
    }

    set(model, record, changes) {
        for (const [name, value] of Object.entries(changes)) {
            const { relation, type } = this.field(model, name);
            const isLink = type === "many2one" && value;
            record[name] = isLink
                ? this.by(relation, [value]).map(({ id, display_name }) => ({ id, display_name }))[0]
                : value;
        }
    }

    write(model, [ids, changes]) {
        this.by(model, ids).forEach((record) => this.set(model, record, changes));
        return true;
    }

    unlink(model, [ids]) {
        this.models[model].records = this.models[model].records.filter(({ id }) => !ids.includes(id));
        return true;
    }

    search(model, [domain], { limit }) {
        return this.found(model, domain)
            .map(({ id }) => id)
            .slice(0, limit);
    }

    search_count(model, [domain]) {
        return this.found(model, domain).length;
    }

    name_search(model, _args, { name = "", limit, operator }) {
        const hits = this.models[model].records.filter(({ display_name: text }) =>
            operator === "="
                ? text.toLowerCase() === name.toLowerCase()
                : text.toLowerCase().includes(name.toLowerCase())
        );
        return hits.slice(0, limit).map(({ id, display_name: text }) => [id, text]);
    }
}

class Stage extends Component {
    static template = xml`<View t-props="props"/>`;
    static components = { View };
    static props = ["*"];
}

/**
 * Show a view.
 *
 * @param {Object} props of `View`: `arch`, `type`, `resModel`, ...; `searchArch` for short
 * @param {Object<string, {fields: Object, records: Object[]}>} models
 * @param {{actions?: Object, env?: Object, answer?: Function, services?: Object}} [options] `actions`: methods of the action service;
 *  `services`: doubles of services; `answer(route, params)` comes before the server's answers unless it gives undefined
 * @returns {Promise<{target: HTMLElement, calls: Object[], env: Object, server: Server}>}
 */
export async function mountView({ searchArch, ...props }, models, options = {}) {
    const { actions = {}, env: own = {}, answer, services = {} } = options;
    await page.viewport(1440, 900);
    const server = new Server(models);
    const calls = answerRpc((route, params) => {
        const { args = [], kwargs = {}, method, model } = params;
        const given = answer?.(route, params);
        return given !== undefined || !method || !server[method]
            ? (given ?? true)
            : server[method](model, args, kwargs);
    });
    const action = { doAction: async () => {}, doActionButton: async () => {}, switchView: async () => {}, ...actions };
    const view = { loadViews: async () => ({ fields: {}, relatedModels: {}, views: {} }) };
    const env = await makeTestEnv(SERVICES, { action, company: {}, view, effect: { add: () => {} }, ...services });
    const { isSmall = false, ...others } = own;
    Object.defineProperty(env, "isSmall", { value: isSmall, configurable: true });
    Object.assign(env, { debug: "" }, others);
    const { fields } = models[props.resModel];
    const relatedModels = Object.fromEntries(
        Object.entries(models).map(([name, model]) => [name, { fields: model.fields }])
    );
    const target = await mount(Stage, {
        env,
        props: {
            type: "list",
            fields,
            relatedModels,
            searchViewArch: searchArch || "<search/>",
            searchViewFields: fields,
            ...props,
        },
    });
    return { target, calls, env, server };
}

/** Wait until there are as many elements as wanted. */
export async function count(target, selector, wanted) {
    for (let tries = 0; tries < 100; tries++) {
        if (target.querySelectorAll(selector).length === wanted) {
            return [...target.querySelectorAll(selector)];
        }
        await nextFrame();
    }
    throw new Error(`${target.querySelectorAll(selector).length} elements "${selector}", ${wanted} expected`);
}

/** Wait until something holds. */
export async function until(condition) {
    for (let tries = 0; tries < 100; tries++) {
        if (condition()) {
            return;
        }
        await nextFrame();
    }
    throw new Error(`never: ${condition}`);
}

export const texts = (target, selector) => [...target.querySelectorAll(selector)].map((el) => el.textContent.trim());

export { EventBus, registry };
