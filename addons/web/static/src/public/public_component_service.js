import { App } from "@odoo/owl";
import { appTranslateFn } from "@web/core/l10n/app_translation";
import { registry } from "@web/core/registry";
import { getTemplate } from "@web/core/templates";

/** Name of the elements of public pages that components are shown in. */
const SELECTOR = "owl-component";

/**
 * Shows components of the registry `public_components` in `<owl-component name="..." props="{...}">`: `mountComponents`
 * does so for the elements in another one (those of the page once all services are there, as components use them),
 * `destroyComponents` ends that.
 */
export const publicComponentService = {
    start(env) {
        /** @type {Map<Element, App>} */
        const apps = new Map();

        const mount = async (el) => {
            const Component = registry.category("public_components").get(el.getAttribute("name"));
            const props = JSON.parse(el.getAttribute("props") || "{}");
            const app = new App(Component, {
                env,
                getTemplate,
                props,
                translateFn: appTranslateFn,
                translatableAttributes: ["data-tooltip"],
                warnIfNoStaticProps: false,
            });
            apps.set(el, app);
            el.replaceChildren();
            await app.mount(el);
        };

        /** @param {Element} root */
        const mountComponents = async (root) => {
            const found = [...root.querySelectorAll(SELECTOR)].filter((el) => !apps.has(el));
            await Promise.all(found.map(mount));
        };

        /** @param {Element} root */
        const destroyComponents = (root) => {
            for (const [el, app] of apps) {
                if (root.contains(el)) {
                    app.destroy();
                    apps.delete(el);
                }
            }
        };

        return { mountComponents, destroyComponents };
    },
};

registry.category("services").add("public_component", publicComponentService);
