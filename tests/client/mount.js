/** Components and services of the client in a page of their own, without a server. */
import { App, Component, xml } from "@odoo/owl";
import { afterEach } from "vitest";
import { assets } from "@web/core/assets";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { getTemplate, registerTemplates } from "@web/core/templates";
import { SERVICES_METADATA } from "@web/core/utils/hooks";
import { makeEnv } from "@web/env";
import templates from "virtual:templates";

templates.forEach((source) => registerTemplates(source));

// every service of core is registered, and starts when it is asked for
import.meta.glob("../../addons/web/static/src/core/**/*_service.js", { eager: true });

// all modules and templates are there
assets.loadBundle = async () => {};

const cleanups = [];

/** Call the function after the running test. */
export function afterThis(cleanup) {
    cleanups.push(cleanup);
}

afterEach(() => {
    while (cleanups.length) {
        cleanups.pop()();
    }
});

async function start(env, name) {
    if (name in env.services) {
        return;
    }
    const service = registry.category("services").get(name);
    const dependencies = {};
    for (const dependency of service.dependencies || []) {
        await start(env, dependency);
        dependencies[dependency] = env.services[dependency];
    }
    if (service.async) {
        SERVICES_METADATA[name] = service.async;
    }
    env.services[name] = await service.start(env, dependencies);
}

/** Services do not end: take away what they add to the page for good. */
function undoAfterThis() {
    const { addEventListener } = browser;
    browser.addEventListener = (...listener) => {
        addEventListener(...listener);
        afterThis(() => browser.removeEventListener(...listener));
    };
    afterThis(() => {
        browser.addEventListener = addEventListener;
        const shown = registry.category("main_components");
        shown.getEntries().forEach(([name]) => shown.remove(name));
    });
}

/**
 * @param {string[]} names registered services that are started, with those that they need
 * @param {Object} [doubles] objects that stand for other services
 * @returns {Promise<Object>} environment
 */
export async function makeTestEnv(names = [], doubles = {}) {
    const env = makeEnv();
    undoAfterThis();
    Object.assign(env.services, doubles);
    for (const name of names) {
        await start(env, name);
    }
    if (!("ui" in env.services)) {
        Object.defineProperty(env, "isSmall", { value: false, configurable: true });
    }
    return env;
}

class Page extends Component {
    static template = xml`
        <t t-component="props.Content" t-props="props.contentProps"/>
        <MainComponentsContainer/>`;
    static components = { MainComponentsContainer };
    static props = ["*"];
}

/** What is another template under a name of its own; the server composes those that change something. */
function templateOf(name) {
    const template = getTemplate(name);
    const base = template?.getAttribute("t-inherit");
    return base && !template.children.length ? templateOf(base) : template;
}

/**
 * Show a component, and what its services put above the page.
 *
 * @param {typeof Component} Content
 * @param {{props?: Object, env?: Object}} [options]
 * @returns {Promise<HTMLElement>} what it is shown in; gone after the test
 */
export async function mount(Content, { props = {}, env } = {}) {
    const place = document.createElement("div");
    document.body.append(place);
    const app = new App(Page, {
        env: env || (await makeTestEnv()),
        getTemplate: templateOf,
        props: { Content, contentProps: props },
        warnIfNoStaticProps: false,
    });
    afterThis(() => {
        app.destroy();
        place.remove();
    });
    await app.mount(place);
    return place;
}

/** Let the server be a function of route and parameters for the running test. @returns {Array} its calls */
export function answerRpc(answer) {
    const original = rpc._rpc;
    const calls = [];
    rpc._rpc = async (route, params, settings) => {
        calls.push({ route, params, settings });
        return answer(route, params);
    };
    afterThis(() => {
        rpc._rpc = original;
    });
    return calls;
}

/** Wait for the next picture of the page. */
export function nextFrame() {
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
