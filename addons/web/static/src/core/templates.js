import { registry } from "@web/core/registry";

const templates = new Map();
const listeners = new Set();

/** Register templates of an XML document (`<templates><t t-name="..."/></templates>`). */
export function registerTemplates(xmlText) {
    const document = new DOMParser().parseFromString(xmlText, "text/xml");
    const error = document.getElementsByTagName("parsererror")[0];
    if (error) {
        throw new Error(`The templates are not well formed: ${error.textContent}`);
    }
    for (const element of document.querySelectorAll("[t-name]")) {
        templates.set(element.getAttribute("t-name"), element);
    }
    listeners.forEach((listener) => listener());
}

/**
 * @param {string} name
 * @returns {Element|undefined} the template's source
 */
export function getTemplate(name) {
    return templates.get(name);
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
