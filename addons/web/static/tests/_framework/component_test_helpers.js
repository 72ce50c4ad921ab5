/** Components of tests. */

import { App, Component, xml } from "@odoo/owl";
import { after, before, destroy, getFixture, queryFirst, queryOne } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { appTranslateFn } from "@web/core/l10n/app_translation";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { getTemplate } from "@web/core/templates";
import { assets, loadBundle } from "@web/core/assets";
import { getPopoverForTarget } from "@web/core/popover/popover";
import { getMockEnv, makeMockEnv } from "./env_test_helpers";

/** A component of a template as text. */
function fromTemplate(template) {
    return class extends Component {
        static props = ["*"];
        static template = xml({ raw: [template] });
    };
}

/**
 * Show a component, with what services put above the page.
 *
 * @param {any} ComponentClass class, or template
 * @param {{props?: Object, env?: Object, target?: HTMLElement, noMainContainer?: boolean, fixtureClassName?: string,
 *  templates?: any, componentEnv?: Object, containerEnv?: Object}} [options]
 * @returns {Promise<any>} the component; it is gone after the test
 */
export async function mountWithCleanup(ComponentClass, options = {}) {
    const { props = {}, target, noMainContainer, fixtureClassName = "o_web_client", templates } = options;
    const env = options.env || getMockEnv() || (await makeMockEnv());
    const fixture = getFixture();
    fixtureClassName && fixture.classList.add(...fixtureClassName.split(/\s+/));
    const isTemplate = typeof ComponentClass === "string" || ComponentClass instanceof String;
    const app = new App(MainComponentsContainer, {
        env,
        getTemplate,
        templates,
        test: true,
        translateFn: appTranslateFn,
        translatableAttributes: ["data-tooltip"],
        warnIfNoStaticProps: false,
    });
    after(() => destroy(app));
    const rootEnv = options.componentEnv ? extended(env, options.componentEnv) : env;
    const config = { env: rootEnv, props };
    const shown = app.createRoot(isTemplate ? fromTemplate(String(ComponentClass)) : ComponentClass, config);
    const component = await shown.mount(target ? queryOne(target) : fixture);
    if (!noMainContainer) {
        await app.createRoot(MainComponentsContainer, { env }).mount(fixture);
    }
    await animationFrame();
    return component;
}

function extended(env, more) {
    return Object.assign(Object.create(env), more);
}

/** @param {any} parent component @param {(component: any) => boolean} predicate @returns {any} the first one below it */
export function findComponent(parent, predicate) {
    const waiting = [parent];
    while (waiting.length) {
        const component = waiting.shift();
        if (predicate(component)) {
            return component;
        }
        waiting.push(...Object.values(component.__owl__.children).map((node) => node.component));
    }
    return null;
}

/** @param {any} togglerSelector @returns {HTMLElement|null} the menu that an open dropdown shows */
export function getDropdownMenu(togglerSelector) {
    const named = queryFirst(togglerSelector);
    const toggler = named?.matches(".o-dropdown") ? named : named?.querySelector(".o-dropdown");
    if (toggler) {
        return getPopoverForTarget(toggler) || null;
    }
    throw new Error(`This is no dropdown, and holds none: ${togglerSelector}`);
}

/** @returns {boolean} whether the page of the tests has a bundle */
function isHere(bundleName) {
    return /^(web|html_editor|mail)\..*_backend_lazy$/.test(bundleName);
}

/** Load a bundle before the tests of the suite. @param {string} bundleName @param {{once?: boolean}} [_options] */
export function preloadBundle(bundleName, _options) {
    before(async () => {
        if (!isHere(bundleName)) {
            await loadBundle(bundleName);
        }
    });
}

// pages of tests have what those of the client load later
assets.loadBundle = ((load) => async (name) => (isHere(name) ? undefined : load(name)))(assets.loadBundle);
