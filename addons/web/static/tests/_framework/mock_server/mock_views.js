/** Views of the mock server. */

import { fieldInfo } from "./mock_fields";

const X2MANY = ["one2many", "many2many"];
/** What a model has that has no view of a type. */
const DEFAULTS = {
    form: (model) => {
        const hidden = ["id", "display_name", "create_date", "create_uid", "write_date", "write_uid"];
        const names = Object.keys(model._fields).filter((name) => !hidden.includes(name));
        return `<form><group>${names.map((name) => `<field name="${name}"/>`).join("")}</group></form>`;
    },
    list: () => `<list><field name="display_name"/></list>`,
    kanban: () => `<kanban><templates><t t-name="card"><field name="display_name"/></t></templates></kanban>`,
    search: () => `<search/>`,
    pivot: () => `<pivot/>`,
    graph: () => `<graph/>`,
};

function parse(arch, place) {
    const { documentElement } = new DOMParser().parseFromString(arch, "text/xml");
    if (documentElement.querySelector("parsererror") || documentElement.tagName === "parsererror") {
        throw new Error(`The arch of ${place} is not well formed: ${arch}`);
    }
    return documentElement;
}

/** The arch of a view: of the id that was asked for, of the type, or the one that models have by themselves. */
function findArch(model, id, type) {
    const wanted = type === "tree" ? "list" : type;
    const reference = model.env.context?.[`${wanted}_view_ref`];
    const keys = [id && `${wanted},${id}`, reference && `${wanted},${reference}`, `${wanted},false`, wanted];
    const views = model._views;
    const key = keys.find((name) => name && name in views);
    if (id && !(`${wanted},${id}` in views) && !(wanted in views)) {
        throw new Error(`There is no view "${wanted},${id}" of ${model._name}; there are: ${Object.keys(views)}`);
    }
    const arch = key ? views[key] : DEFAULTS[wanted]?.(model);
    if (!arch) {
        throw new Error(`There is no view of type "${wanted}" of ${model._name}`);
    }
    return typeof arch === "function" ? arch.call(model) : arch;
}

/** Check the fields of an arch, tell the client about changes that it has to send, and collect the models. */
function process(model, element, models, place) {
    models.add(model);
    for (const node of [...element.querySelectorAll("field")].filter((field) => ownerOf(field) === element)) {
        const name = node.getAttribute("name");
        const field = model._fields[name];
        if (!field) {
            throw new Error(`The ${place} of ${model._name} has a field "${name}" that the model has not`);
        }
        if (model._onChanges[name] || field.onChange) {
            node.setAttribute("on_change", "1");
        }
        const related = field.relation && model.env.has(field.relation) && model.env[field.relation];
        for (const view of related && X2MANY.includes(field.type) ? [...node.children] : []) {
            if (["list", "form", "kanban"].includes(view.tagName)) {
                process(related, view, models, `${view.tagName} in the ${place}`);
            }
        }
        if (related && X2MANY.includes(field.type) && !node.children.length) {
            models.add(related);
        }
    }
}

/** The view that a field belongs to: that of its relation where it is in one. */
function ownerOf(node) {
    const selector = "field > list, field > form, field > kanban";
    const inner = node.parentElement.closest(selector);
    return inner || node.ownerDocument.documentElement;
}

/**
 * @param {Object} model of the mock server
 * @param {[number|false, string][]} views
 * @param {{toolbar?: boolean, load_filters?: boolean}} [options]
 * @returns {Object} as `get_views` of the server
 */
export function getViews(model, views, options = {}) {
    const models = new Set([model]);
    const result = {};
    for (const [id, type] of views) {
        const place = `${type} view`;
        const element = parse(findArch(model, id, type), `the ${place} of ${model._name}`);
        if (type !== "search") {
            process(model, element, models, place);
        }
        result[type] = { arch: element.outerHTML, id: id || false, model: model._name };
        if (options.toolbar) {
            result[type].toolbar = { ...model._toolbar };
        }
        if (options.load_filters && type === "search") {
            result[type].filters = model._filters || [];
        }
    }
    const descriptions = [...models].map((other) => {
        const described = Object.entries(other._fields).map(([name, field]) => [name, fieldInfo(field)]);
        return [other._name, { fields: Object.fromEntries(described) }];
    });
    return { models: Object.fromEntries(descriptions), views: result };
}
