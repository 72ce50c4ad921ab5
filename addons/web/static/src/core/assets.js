import { Component, onWillStart, xml } from "@odoo/owl";
import { importModules } from "@web/boot/import_modules";
import { colorScheme } from "@web/core/color_scheme";
import { registry } from "@web/core/registry";
import { registerTemplates } from "@web/core/templates";

/** Raised when a file or bundle cannot be loaded. */
export class AssetsLoadingError extends Error {}

const pending = new Map();

function once(key, load) {
    if (!pending.has(key)) {
        const promise = load();
        pending.set(key, promise);
        promise.catch(() => pending.delete(key));
    }
    return pending.get(key);
}

/** @returns {Promise<void>} resolved when the browser loaded what the element names */
function appended(element, url) {
    return new Promise((resolve, reject) => {
        element.addEventListener("load", () => resolve());
        element.addEventListener("error", () => reject(new AssetsLoadingError(`The loading of ${url} failed`)));
        document.head.appendChild(element);
    });
}

/** Style sheets of a bundle, in the colours of the page. */
function stylesOf({ styles = [], dark_styles: darkStyles = [] }) {
    return darkStyles.length && colorScheme() === "dark" ? darkStyles : styles;
}

/** Functions behind `loadJS` and the like, replaceable by tests. */
export const assets = {
    loadJS(url) {
        return once(url, () => {
            const script = document.createElement("script");
            script.src = url;
            return appended(script, url);
        });
    },
    loadCSS(url) {
        return once(url, () => {
            const link = document.createElement("link");
            link.rel = "stylesheet";
            link.href = url;
            return appended(link, url);
        });
    },
    getBundle(bundleName) {
        return once(`bundle:${bundleName}`, async () => {
            const response = await fetch(`/web/bundle/${bundleName}.json`, { credentials: "same-origin" });
            if (!response.ok) {
                throw new AssetsLoadingError(`Bundle ${bundleName} is not available (${response.status})`);
            }
            return response.json();
        });
    },
    loadBundle(bundleName) {
        return once(`load:${bundleName}`, async () => {
            const description = await assets.getBundle(bundleName);
            const { modules = [], script, scripts = [], templates } = description;
            if (templates) {
                registerTemplates(await (await fetch(templates)).text());
            }
            const loads = [
                ...stylesOf(description).map((url) => assets.loadCSS(url)),
                ...scripts.map((url) => assets.loadJS(url)),
            ];
            // modules of a page come all as scripts, or all by themselves
            const together = script && globalThis.odoo.loader?.modules.has("@web/core/assets");
            await Promise.all([...loads, together ? assets.loadJS(script) : importModules(modules)]);
        });
    },
};

/** Load a classic script once. */
export function loadJS(url) {
    return assets.loadJS(url);
}

/** Load a style sheet once. */
export function loadCSS(url) {
    return assets.loadCSS(url);
}

/** Load modules, templates and styles of a bundle once. */
export function loadBundle(bundleName) {
    return assets.loadBundle(bundleName);
}

/** Describe a bundle: `{modules, script, scripts, styles, templates}`. */
export function getBundle(bundleName) {
    return assets.getBundle(bundleName);
}

/** Renders a component of the "lazy_components" registry once its bundle is there. */
export class LazyComponent extends Component {
    static template = xml`<t t-component="Component" t-props="componentProps"/>`;
    static props = { Component: String, bundle: String, props: { type: [Object, Function], optional: true } };

    setup() {
        onWillStart(() => loadBundle(this.props.bundle));
    }

    get Component() {
        return registry.category("lazy_components").get(this.props.Component);
    }

    get componentProps() {
        return typeof this.props.props === "function" ? this.props.props() : this.props.props;
    }
}
