import { markRaw, reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isDisplayStandalone, isIOS } from "@web/core/browser/feature_detection";
import { get } from "@web/core/network/http_service";
import { InstallPrompt } from "@web/core/pwa/install_prompt";
import { registry } from "@web/core/registry";

/** Where the browser keeps what the user answered, by the address that an application starts at. */
const STATE_KEY = "pwaService.installationState";
const SCOPED = "/scoped_app/";
const INSTALL_PAGE = "/scoped_app";

/** @returns {Object<string, "accepted"|"dismissed">} */
function readAnswers() {
    try {
        return JSON.parse(browser.localStorage.getItem(STATE_KEY) || "{}") || {};
    } catch {
        // something else wrote there
        return {};
    }
}

/** Where the application of the page starts; the page that installs one names it. @param {Location} location */
function startPath({ pathname, search }) {
    const path = new URLSearchParams(search).get("path") || "";
    return pathname === INSTALL_PAGE ? `/${path.replace(/^\/+/, "")}` : pathname;
}

/** The application as one that can be installed on the device. */
class Installation {
    /** What the browser offers, once it does. @type {any} */
    offer = null;
    /** @type {Promise<Object>|null} */
    manifest = null;

    constructor(env) {
        this.env = markRaw(env);
        const path = startPath(browser.location);
        const isScopedApp = path.startsWith(SCOPED);
        this.startUrl = isScopedApp ? path : "/odoo";
        this.isScopedApp = isScopedApp;
        this.canPromptToInstall = false;
        this.isAvailable = false;
        // Safari has no offer to answer: one is told what to do
        this.isSupportedOnBrowser = "onbeforeinstallprompt" in window || isIOS();
    }

    get answer() {
        return readAnswers()[this.startUrl];
    }

    /** @param {any} offer event of the browser, or nothing where the user installs by himself */
    take(offer) {
        this.offer = offer;
        this.canPromptToInstall = true;
        this.isAvailable = !isDisplayStandalone() && !this.answer;
    }

    keep(answer) {
        const answers = { ...readAnswers(), [this.startUrl]: answer };
        browser.localStorage.setItem(STATE_KEY, JSON.stringify(answers));
        this.isAvailable = false;
    }

    /**
     * Have the browser ask the user, unless he answered before.
     *
     * @param {{onDone?: (answer: Object) => void, again?: boolean}} [options]
     */
    async show({ onDone, again = false } = {}) {
        if (!this.isAvailable && !(again && this.canPromptToInstall)) {
            return;
        }
        if (!this.offer) {
            this.env.services.dialog.add(
                InstallPrompt,
                { onClose: () => this.decline() },
                { onClose: () => onDone?.({}) }
            );
            return;
        }
        this.offer.prompt();
        const answer = await this.offer.userChoice;
        this.keep(answer.outcome);
        onDone?.(answer);
    }

    /** Do not propose it any more. */
    decline() {
        this.keep("dismissed");
    }

    /** @returns {Promise<Object>} what the server tells browsers of the application */
    getManifest() {
        const link = document.querySelector("link[rel=manifest]")?.getAttribute("href");
        this.manifest ??= get(link || "/web/manifest.webmanifest");
        return this.manifest;
    }

    /** @param {string} scope such as "/odoo" */
    hasScopeBeenInstalled(scope) {
        return Object.entries(readAnswers()).some(([url, answer]) => url.startsWith(scope) && answer === "accepted");
    }
}

/** `pwa.show()` proposes to install the application where `pwa.isAvailable`. */
export const pwaService = {
    start(env) {
        const installation = reactive(new Installation(env));
        browser.addEventListener("beforeinstallprompt", (ev) => {
            // the menu of the user proposes it, not the page by itself
            ev.preventDefault();
            installation.take(ev);
        });
        if (isIOS()) {
            installation.take(null);
        }
        return installation;
    },
};

registry.category("services").add("pwa", pwaService);
