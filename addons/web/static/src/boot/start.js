import { whenReady } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { localization } from "@web/core/l10n/localization";
import { user } from "@web/core/user";
import { registerTemplates } from "@web/core/templates";
import { PRODUCT_NAME } from "@web/core/title_service";
import { hasTouch } from "@web/core/browser/feature_detection";
import { makeEnv, mountComponent, startServices } from "@web/env";
import { session } from "@web/session";

const DEFAULT_TEMPLATES = "/web/bundle/web.assets_web.xml";

/** Load the templates of the page. @throws {Error} the server does not send them */
export async function loadTemplates() {
    const url = globalThis.odoo.__templates_url__ || DEFAULT_TEMPLATES;
    const response = await browser.fetch(url, { credentials: "include" });
    if (!response.ok) {
        throw new Error(`The templates could not be loaded from ${url} (HTTP ${response.status})`);
    }
    registerTemplates(await response.text());
}

function markBody() {
    const { classList } = document.body;
    classList.toggle("o_touch_device", hasTouch());
    classList.toggle("o_rtl", localization.direction === "rtl");
    classList.toggle("o_is_admin", Boolean(user.isAdmin));
}

function showFailure(error) {
    const box = document.createElement("div");
    box.className = "o_boot_error";
    box.setAttribute("role", "alert");
    const title = document.createElement("h1");
    title.textContent = "The application could not start";
    const text = document.createElement("pre");
    text.textContent = error.stack || String(error);
    const button = document.createElement("button");
    button.textContent = "Reload";
    button.addEventListener("click", () => browser.location.reload());
    box.append(title, text, button);
    document.body.replaceChildren(box);
}

/** Tell the user which addons lack some of their modules, templates or styles. */
function reportLeftOut(env, failures = [], problems = []) {
    problems.forEach((problem) => console.error(`Left out: ${problem}`));
    const places = [...failures.map(({ url }) => new URL(url, browser.location.href).pathname), ...problems];
    const addons = new Set(places.map((place) => /\/(\w+)\/static\//.exec(place)?.[1]).filter(Boolean));
    if (addons.size) {
        const text = _t(
            "Parts of %s could not be loaded and are left out. The browser's console says why.",
            [...addons].join(", ")
        );
        env.services.notification.add(text, { type: "warning", sticky: true });
    }
}

/**
 * Start the services and show the application.
 *
 * @param {typeof import("@odoo/owl").Component} Webclient root component
 */
export async function startWebClient(Webclient) {
    const { odoo } = globalThis;
    odoo.info = {
        db: session.db,
        server_version: session.server_version,
        server_version_info: session.server_version_info,
        isEnterprise: false,
    };
    odoo.isReady = false;
    try {
        await Promise.all([whenReady(), loadTemplates()]);
        const env = makeEnv();
        await startServices(env);
        await mountComponent(Webclient, document.body, { env, name: PRODUCT_NAME });
        document.querySelectorAll(".o_boot_screen").forEach((el) => el.remove());
        markBody();
        odoo.isReady = true;
        reportLeftOut(env, await odoo.modulesImported, odoo.__asset_problems__);
    } catch (error) {
        showFailure(error);
        throw error;
    }
}
