/** A form, or fields of it, as they are shown: the whole view with its model, before a server that keeps a few rows. */
import { Component, useSubEnv, xml } from "@odoo/owl";
import { page as browserPage } from "vitest/browser";
import { View } from "@web/views/view";
import { answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

import.meta.glob("../../addons/web/static/src/views/{form,list,kanban,fields,widgets,view_dialogs}/**/*.js", {
    eager: true,
});
import.meta.glob("../../addons/web/static/src/views/*_service.js", { eager: true });

const SERVICES = [
    ...["command", "dialog", "field", "hotkey", "name", "notification", "orm", "overlay", "popover", "tooltip"],
    ...["ui", "view"],
];
const DESKTOP = [1440, 900];
const PHONE = [390, 844];

/** What the server answers to what forms ask, from the rows of its models. */
export class Rows {
    /**
     * @param {Object<string, {fields: Object, rows?: Object[], views?: Object<string, string>}>} models
     * @param {Object<string, Function>} [answers] by method, before the usual ones: `(model, args, kwargs)`
     */
    constructor(models, answers = {}) {
        this.models = models;
        this.answers = answers;
        for (const { fields } of Object.values(models)) {
            fields.display_name ??= { type: "char", string: "Name" };
            fields.id ??= { type: "integer", string: "ID", readonly: true };
            Object.entries(fields).forEach(([name, field]) => {
                field.name = name;
                field.string ??= name;
            });
        }
    }

    answer(route, params) {
        const { model, method, args, kwargs } = params;
        const own = this.answers[method] || this.answers[route];
        const usual = this[method];
        if (own) {
            return own(model, args, kwargs, params);
        }
        if (!method || !usual) {
            throw new Error(`nobody answers ${route}`);
        }
        return usual.call(this, model, args, kwargs);
    }

    rows(model) {
        return (this.models[model].rows ??= []);
    }

    find(model, id) {
        return this.rows(model).find((row) => row.id === id);
    }

    read(row, model, specification) {
        const { fields } = this.models[model];
        const value = (name, spec) => {
            const { relation, type } = fields[name];
            const kept = row[name];
            if (type === "many2one") {
                return kept ? { id: kept, display_name: this.find(relation, kept).display_name } : false;
            }
            if (["one2many", "many2many"].includes(type)) {
                const lines = (kept || []).map((id) => this.find(relation, id));
                return lines.map((line) => (spec.fields ? this.read(line, relation, spec.fields) : line.id));
            }
            return kept ?? (["integer", "float", "monetary"].includes(type) ? 0 : false);
        };
        const entries = Object.entries(specification).map(([name, spec]) => [name, value(name, spec)]);
        return { ...Object.fromEntries(entries), id: row.id };
    }

    get_views(model, _args, { views }) {
        const usual = {
            form: "<form/>",
            list: "<list/>",
            kanban: "<kanban><templates/></kanban>",
            search: "<search/>",
        };
        const found = views.map(([, type]) => {
            const arch = this.models[model].views?.[type] || usual[type];
            return [type, { arch, id: 1, model, toolbar: {} }];
        });
        const models = Object.entries(this.models).map(([name, { fields }]) => [name, { fields }]);
        return { views: Object.fromEntries(found), models: Object.fromEntries(models) };
    }

    web_read(model, [ids], { specification }) {
        return ids.map((id) => this.find(model, id) && this.read(this.find(model, id), model, specification));
    }

    web_save(model, [ids, changes], { specification }) {
        const row = this.find(model, ids[0]) || this.add(model, {});
        for (const [name, value] of Object.entries(changes)) {
            row[name] = Array.isArray(value) ? this.linked(model, name, row[name] || [], value) : value;
        }
        return [this.read(row, model, specification)];
    }

    /** A new row. */
    add(model, values) {
        const row = { id: 100 + this.rows(model).length, display_name: "New", ...values };
        this.rows(model).push(row);
        return row;
    }

    /** Ids of the lines after commands. */
    linked(model, name, ids, commands) {
        const { relation } = this.models[model].fields[name];
        for (const [command, id, value] of commands) {
            if (command === 0) {
                ids = [...ids, this.add(relation, value).id];
            } else if (command === 1) {
                Object.assign(this.find(relation, id), value);
            } else if (command === 4) {
                ids = [...ids, id];
            } else if (command === 6) {
                ids = value;
            } else {
                ids = ids.filter((other) => other !== id);
            }
        }
        return ids;
    }

    name_create(model, [name]) {
        const { id } = this.add(model, { display_name: name });
        return [id, name];
    }

    onchange(_model, [ids]) {
        return { value: ids.length ? {} : {} };
    }

    name_search(model, _args, { name = "" } = {}) {
        const found = this.rows(model).filter((row) => row.display_name.toLowerCase().includes(name.toLowerCase()));
        return found.map((row) => [row.id, row.display_name]);
    }

    search_read(model) {
        return this.rows(model);
    }

    web_search_read(model, _args, { specification = {} }) {
        const records = this.rows(model).map((row) => this.read(row, model, specification));
        return { records, length: records.length };
    }

    get_formview_id() {
        return false;
    }

    has_group() {
        return true;
    }
}

/** The view alone, in the environment that a page gives it. */
class Frame extends Component {
    static template = xml`<View t-props="props.view"/>`;
    static components = { View };
    static props = ["*"];

    setup() {
        useSubEnv(this.props.env);
    }
}

/**
 * Show a form. Its model is `thing` unless the models say otherwise.
 *
 * @param {string} arch
 * @param {Object} [options]
 * @param {Object} [options.fields] of `thing`
 * @param {Object} [options.values] of the row 1 of `thing`; `null` for a new record
 * @param {Object} [options.models] more models
 * @param {Object} [options.answers] see `Rows`
 * @param {Object} [options.props] of the view
 * @param {Object} [options.env] what the page gives besides
 * @param {Object} [options.services] doubles
 * @param {boolean} [options.phone] whether the page is that of a phone
 * @returns {Promise<{page: HTMLElement, calls: Object[], done: Object[], rows: Rows, saved: () => Object|undefined}>}
 */
export async function showForm(arch, options = {}) {
    const {
        answers,
        env: ownEnv = {},
        fields = {},
        models = {},
        phone,
        props = {},
        services = {},
        values = {},
    } = options;
    await browserPage.viewport(...(phone ? PHONE : DESKTOP));
    const rows = new Rows(
        { ...models, thing: { fields, rows: values ? [{ id: 1, display_name: "One", ...values }] : [] } },
        answers
    );
    const calls = answerRpc(async (route, params) => rows.answer(route, params));
    const done = [];
    const note =
        (name) =>
        async (...args) => {
            done.push([name, ...args]);
        };
    const doubles = {
        action: { doAction: note("doAction"), doActionButton: note("doActionButton"), switchView: note("switchView") },
        company: { activeCompanyIds: [1], allowedCompanies: {} },
        ...services,
    };
    const env = await makeTestEnv(SERVICES, doubles);
    const page = await mount(Frame, {
        env,
        props: {
            env: { config: { historyBack: note("historyBack"), breadcrumbs: [] }, ...ownEnv },
            view: {
                type: "form",
                resModel: "thing",
                arch,
                fields,
                relatedModels: Object.fromEntries(
                    Object.entries(rows.models).map(([name, model]) => [name, { fields: model.fields }])
                ),
                ...(values && { resId: 1, resIds: [1] }),
                ...props,
            },
        },
    });
    const methods = (name) => calls.filter(({ params }) => params.method === name).map(({ params }) => params);
    return { page, calls, done, env, methods, rows, saved: () => methods("web_save").at(-1)?.args[1] };
}

/** Show fields of a record, each node of a `<field>` by itself in a form without a sheet. */
export async function showFields(nodes, fields, values, options = {}) {
    const shown = await showForm(`<form ${options.attributes || ""}>${nodes}</form>`, { fields, values, ...options });
    const field = (name) => shown.page.querySelector(`.o_field_widget[name='${name}']`);
    const input = (name) => field(name).querySelector("input, textarea, select");
    return { ...shown, field, input };
}

/** Type in an input as a user does, and leave it. */
export async function type(input, text) {
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await nextFrame();
}

/** Save the form by its button. */
export async function save(page) {
    await settle();
    page.querySelector(".o_form_button_save").click();
    await settle();
}

/** Wait until what was asked is answered and shown. */
export async function settle(times = 4) {
    for (let count = 0; count < times; count++) {
        await nextFrame();
    }
}
