import { App, blockDom, Component, markup } from "@odoo/owl";
import { getTemplate } from "@web/core/templates";
import { _t } from "@web/core/l10n/translation";

let app;

/** App used to render templates outside any component. */
export function getRenderApp() {
    app ??= new App(Component, {
        name: "render",
        getTemplate,
        translatableAttributes: ["data-tooltip"],
        translateFn: (text) => _t(text).toString(),
    });
    return app;
}

/** Render a template. @returns {DocumentFragment} */
export function renderToFragment(template, context = {}) {
    const fragment = document.createDocumentFragment();
    const host = document.createElement("div");
    const render = getRenderApp().getTemplate(template);
    blockDom.mount(render(context, { __owl__: {} }), host);
    fragment.append(...host.childNodes);
    return fragment;
}

/** Render a template that has one root element. @throws {Error} otherwise */
export function renderToElement(template, context = {}) {
    const elements = [...renderToFragment(template, context).children];
    if (elements.length !== 1) {
        throw new Error(`Template "${template}" should have one root element, it has ${elements.length}`);
    }
    elements[0].remove();
    return elements[0];
}

/** Render a template to HTML text. */
export function renderToString(template, context = {}) {
    const host = document.createElement("div");
    host.append(renderToFragment(template, context));
    return host.innerHTML;
}

/** Render a template to markup. */
export function renderToMarkup(template, context = {}) {
    return markup(renderToString(template, context));
}
