import { applyInheritance } from "@web/core/template_inheritance";
import { registry } from "@web/core/registry";

/** Sources by name. */
const templates = new Map();
/** Extensions `{ url, element }` by the name of the template that they change. */
const extensions = new Map();
/** Addresses of single templates, by their names. */
const urls = new Map();
/** Templates with their inheritance and extensions applied, by name. */
const processed = new Map();
const processors = [];
const listeners = new Set();
let urlFilters = [];

function parse(text) {
    const document = new DOMParser().parseFromString(text, "text/xml");
    const error = document.getElementsByTagName("parsererror")[0];
    if (error) {
        throw new Error(`The templates are not well formed: ${error.textContent}`);
    }
    return document;
}

function extend(name, extension) {
    extensions.set(name, [...(extensions.get(name) || []), extension]);
}

/** Register templates of an XML document (`<templates><t t-name="..."/></templates>`). */
export function registerTemplates(xmlText) {
    for (const element of parse(xmlText).querySelectorAll("[t-name], [t-inherit-mode=extension]")) {
        if (element.getAttribute("t-inherit-mode") === "extension") {
            extend(element.getAttribute("t-inherit"), { url: "", element });
        } else {
            templates.set(element.getAttribute("t-name"), element);
        }
    }
    processed.clear();
    listeners.forEach((listener) => listener());
}

/**
 * Register one template.
 *
 * @param {string} name
 * @param {string} url where it was written
 * @param {string} templateString its XML; `t-inherit` names the template that it is a changed copy of
 * @returns {() => void} forgets it
 * @throws {Error} there is one of that name with another text
 */
export function registerTemplate(name, url, templateString) {
    const element = parse(templateString).documentElement;
    const known = templates.get(name);
    if (known && urls.has(name) && known.outerHTML !== element.outerHTML) {
        throw new Error(`There is a template ${name} already, of ${urls.get(name)}; another one is in ${url}`);
    }
    templates.set(name, element);
    urls.set(name, url);
    processed.clear();
    return () => {
        templates.delete(name);
        urls.delete(name);
        processed.clear();
    };
}

/**
 * Register changes of a template.
 *
 * @param {string} inheritFrom name of the template
 * @param {string} url where they were written
 * @param {string} templateString XML of an element that holds the operations
 * @returns {() => void} forgets them
 */
export function registerTemplateExtension(inheritFrom, url, templateString) {
    const extension = { url, element: parse(templateString).documentElement };
    extend(inheritFrom, extension);
    processed.clear();
    return () => {
        const others = extensions.get(inheritFrom).filter((other) => other !== extension);
        extensions.set(inheritFrom, others);
        processed.clear();
    };
}

/** Have a function change every template before it is compiled; it gets the element. */
export function registerTemplateProcessor(processor) {
    processors.push(processor);
    processed.clear();
}

/** Use only extensions whose address all filters let through. @param {((url: string) => boolean)[]} filters */
export function setUrlFilters(filters) {
    urlFilters = filters;
    processed.clear();
}

/** Prepare all templates anew when they are asked for. */
export function clearProcessedTemplates() {
    processed.clear();
}

/** Log the templates whose parent is missing. @param {Set<string>} [ignored] names of parents that may be */
export function checkPrimaryTemplateParents(ignored = new Set()) {
    const parents = [...templates.values()].map((element) => element.getAttribute("t-inherit")).filter(Boolean);
    const missing = [...new Set(parents)].filter((name) => !templates.has(name) && !ignored.has(name));
    if (missing.length) {
        console.error(`Templates that others inherit from are missing: ${missing.join(", ")}`);
    }
}

function process(name) {
    const source = templates.get(name);
    if (!source) {
        return undefined;
    }
    const parent = source.getAttribute("t-inherit");
    const changes = (extensions.get(name) || []).filter(({ url }) => urlFilters.every((filter) => filter(url)));
    if (!parent && !changes.length && !processors.length) {
        return source;
    }
    let element = /** @type {Element} */ (source.cloneNode(true));
    if (parent) {
        const base = getTemplate(parent);
        if (!base) {
            throw new Error(`The template ${name} inherits from ${parent}, which is not there`);
        }
        element = applyInheritance(/** @type {Element} */ (base.cloneNode(true)), element, urls.get(name));
        element.setAttribute("t-name", name);
    }
    for (const change of changes) {
        element = applyInheritance(element, change.element, change.url);
    }
    processors.forEach((processor) => processor(element));
    return element;
}

/**
 * @param {string} name
 * @returns {Element|undefined} the template's source
 */
export function getTemplate(name) {
    if (!processed.has(name)) {
        processed.set(name, process(name));
    }
    return processed.get(name);
}

/** Set of names known now. */
export function knownTemplates() {
    return [...templates.keys()];
}

/** Call the function when templates arrive. */
export function onTemplatesChanged(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

registry.category("template_sources");
