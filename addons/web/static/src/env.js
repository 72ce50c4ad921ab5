import { App, EventBus } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { getTemplate } from "@web/core/templates";
import { SERVICES_METADATA } from "@web/core/utils/hooks";
import { appTranslateFn } from "@web/core/l10n/app_translation";

/** @returns {Object} environment without started services */
export function makeEnv() {
    return {
        bus: new EventBus(),
        services: {},
        debug: globalThis.odoo?.debug || "",
        get isSmall() {
            throw new Error("isSmall is known once the ui service has started");
        },
    };
}

const serviceRegistry = registry.category("services");
let startedOnce = null;

/**
 * Start the registered services in the order of their dependencies; also those added later.
 *
 * @throws {Error} services whose dependencies never come
 */
export async function startServices(env) {
    await startPending(env);
    serviceRegistry.addEventListener("UPDATE", async (/** @type {CustomEvent} */ { detail }) => {
        if (detail.operation === "add" && !(detail.key in env.services)) {
            await startPending(env);
        }
    });
}

async function startPending(env) {
    if (startedOnce) {
        await startedOnce;
    }
    startedOnce = startLayer(env);
    await startedOnce;
    startedOnce = null;
}

async function startLayer(env) {
    const waiting = new Map(serviceRegistry.getEntries().filter(([name]) => !(name in env.services)));
    while (waiting.size) {
        const ready = [...waiting].filter(([, service]) =>
            (service.dependencies || []).every((name) => name in env.services)
        );
        if (!ready.length) {
            const details = [...waiting].map(([name, service]) => {
                const missing = (service.dependencies || []).filter((dependency) => !(dependency in env.services));
                return `${name} (needs ${missing.join(", ")})`;
            });
            throw new Error(`Some services could not be started: ${details.join("; ")}`);
        }
        const started = await Promise.all(
            ready.map(async ([name, service]) => [name, service, await startOne(env, service)])
        );
        for (const [name, service, value] of started) {
            waiting.delete(name);
            env.services[name] = value === undefined ? null : value;
            if (service.async) {
                SERVICES_METADATA[name] = service.async;
            }
        }
    }
}

function startOne(env, service) {
    const dependencies = Object.fromEntries((service.dependencies || []).map((name) => [name, env.services[name]]));
    return service.start(env, dependencies);
}

/**
 * Mount a component as an application with the environment.
 *
 * @returns {Promise<App>}
 */
export async function mountComponent(component, target, appConfig = {}) {
    let { env } = appConfig;
    if (!env) {
        env = makeEnv();
        await startServices(env);
    }
    const app = new App(component, {
        env,
        getTemplate,
        dev: Boolean(env.debug && env.debug.includes("tests")),
        warnIfNoStaticProps: false,
        name: component.constructor.name,
        translatableAttributes: ["data-tooltip"],
        translateFn: appTranslateFn,
        ...appConfig,
    });
    const root = await app.mount(target);
    if (component.name === "WebClient") {
        globalThis.odoo.__WOWL_DEBUG__ = { root };
    }
    return app;
}
