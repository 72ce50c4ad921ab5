/** Addresses: the old ones with a hash, those of applications by themselves, links within the client. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import {
    objectToQuery,
    parseHash,
    parseSearchQuery,
    router,
    routerBus,
    startRouter,
    stateToUrl,
    urlToState,
} from "@web/core/browser/router";
import { afterThis, nextFrame } from "./mount";

let history;

/** Have the page be at an address. */
function at(path) {
    const { location } = browser;
    browser.location = new URL(path, "http://localhost");
    afterThis(() => (browser.location = location));
}

beforeEach(() => {
    const original = browser.history;
    history = { state: null, pushState: vi.fn(), replaceState: vi.fn() };
    browser.history = history;
    router.replaceState({ debug: undefined, lang: undefined }, { replace: true, sync: true });
    afterThis(() => {
        router.cancelPushes();
        browser.history = original;
    });
});

describe("S30: addresses", () => {
    test.each([
        ["/web#action=7&view_type=kanban&cids=1", { action: 7, view_type: "kanban", cids: 1 }, "/odoo/action-7"],
        ["/web#action=7&id=5&view_type=form&model=thing", { action: 7, resId: 5 }, "/odoo/action-7/5"],
        ["/odoo#model=thing.part&id=5&view_type=form", { model: "thing.part", resId: 5 }, "/odoo/thing.part/5"],
        ["/odoo#action=8&active_id=4&menu_id=3", { action: 8, active_id: 4, menu_id: 3 }, "/odoo/4/action-8"],
        ["/odoo?debug=1#action=base.thing", { action: "base.thing", debug: 1 }, "/odoo/action-base.thing"],
    ])("with an old hash: %s", (old, state, path) => {
        const found = urlToState(new URL(old, "http://localhost"));
        expect(found).toMatchObject(state);
        expect(found).not.toHaveProperty("id");
        expect(stateToUrl(found).split("?")[0]).toBe(path);
    });

    test("with a hash that names no place are left alone", () => {
        expect(urlToState(new URL("/odoo/parts#anchor", "http://localhost"))).toMatchObject({ action: "parts" });
        expect(urlToState(new URL("/odoo/parts#anchor", "http://localhost"))).not.toHaveProperty("anchor");
    });

    test("with an old hash are written anew at the start", () => {
        at("/odoo?debug=1#action=7&id=5&view_type=form");
        startRouter();
        expect(history.replaceState.mock.lastCall[2]).toBe("/odoo/action-7/5?debug=1");
        expect(router.current).toMatchObject({ action: 7, resId: 5, debug: 1 });
    });

    test("of an application by itself keep their prefix", () => {
        at("/scoped_app/parts/4");
        startRouter();
        expect(router.current).toMatchObject({ action: "parts", resId: 4 });
        expect(stateToUrl({ action: "parts", resId: 5 })).toBe("/scoped_app/parts/5");
    });

    test("keep the debug mode and the language", () => {
        at("/odoo/parts?debug=assets&lang=fr_BE&x=1");
        startRouter();
        router.pushState({ action: 7 }, { replace: true, sync: true });
        expect(history.pushState.mock.lastCall[2]).toBe("/odoo/action-7?debug=assets&lang=fr_BE");
    });
});

describe("S31: the router", () => {
    test("reads and writes queries and hashes", () => {
        expect(parseHash("#a=1&b=x%20y&c")).toEqual({ a: 1, b: "x y", c: "" });
        expect(parseHash("")).toEqual({});
        expect(parseSearchQuery("?a=1&b=")).toEqual({ a: 1, b: "" });
        expect(objectToQuery({ a: 1, b: "x", c: undefined })).toEqual({ a: "1", b: "x", c: "" });
    });

    test("keeps keys out of addresses, locks others, drops what waits", async () => {
        router.replaceState({ action: 1 }, { replace: true, sync: true });
        router.hideKeyFromUrl("svc_hidden");
        router.addLockedKey("svc_locked");
        router.pushState({ svc_hidden: 1, svc_locked: 2 }, { sync: true });
        router.pushState({ action: 3 }, { replace: true, sync: true });
        expect(history.pushState.mock.calls.map(([, , url]) => url)).toEqual([
            "/odoo/action-1?svc_locked=2",
            "/odoo/action-3?svc_locked=2",
        ]);
        router.pushState({ action: 4 });
        router.cancelPushes();
        await nextFrame();
        expect(history.pushState).toHaveBeenCalledTimes(2);
        router.replaceState({ svc_locked: undefined }, { replace: true, sync: true });
    });

    describe("follows links within the client", () => {
        /** Click a link. @returns {Promise<{changes: number, prevented: boolean}>} */
        async function click(href, { attributes = {}, init = {} } = {}) {
            const link = Object.assign(document.createElement("a"), { href, innerHTML: "<b>go</b>", ...attributes });
            document.body.append(link);
            let changes = 0;
            const count = () => changes++;
            routerBus.addEventListener("ROUTE_CHANGE", count);
            const ev = new MouseEvent("click", { bubbles: true, cancelable: true, ...init });
            link.firstChild.dispatchEvent(ev);
            const prevented = ev.defaultPrevented;
            await nextFrame();
            routerBus.removeEventListener("ROUTE_CHANGE", count);
            link.remove();
            return { changes, prevented };
        }

        beforeEach(() => {
            at("/odoo/parts?debug=1");
            startRouter();
            // the page must not go anywhere
            const stop = (ev) => ev.preventDefault();
            window.addEventListener("click", stop);
            afterThis(() => window.removeEventListener("click", stop));
        });

        test("by going to the place", async () => {
            expect(await click("http://localhost/odoo/action-7/5")).toMatchObject({ changes: 1 });
            expect(router.current).toMatchObject({ action: 7, resId: 5, debug: 1 });
            expect(history.pushState.mock.lastCall[2]).toBe("/odoo/action-7/5?debug=1");
            expect(await click("http://localhost/web#action=8")).toMatchObject({ changes: 1 });
            expect(router.current.action).toBe(8);
        });

        test.each([
            ["to another site", "http://elsewhere.test/odoo/parts", {}],
            ["to another part of the site", "http://localhost/web/login", {}],
            ["to a window of their own", "http://localhost/odoo/x", { attributes: { target: "_blank" } }],
            ["to a file", "http://localhost/odoo/x", { attributes: { download: "x" } }],
            ["with Control", "http://localhost/odoo/x", { init: { ctrlKey: true } }],
            ["to a part of this page", "#here", {}],
        ])("but not %s", async (_name, href, options) => {
            expect(await click(href, options)).toMatchObject({ changes: 0 });
            expect(history.pushState).not.toHaveBeenCalled();
        });
    });

    test("goes back and forward, unless it is told to skip that", () => {
        const changed = vi.fn();
        routerBus.addEventListener("ROUTE_CHANGE", changed);
        afterThis(() => routerBus.removeEventListener("ROUTE_CHANGE", changed));
        window.dispatchEvent(new PopStateEvent("popstate", { state: { nextState: { action: 9 } } }));
        expect(router.current).toEqual({ action: 9 });
        expect(changed).toHaveBeenCalledOnce();
        router.skipLoad = true;
        window.dispatchEvent(new PopStateEvent("popstate", { state: { nextState: { action: 10 } } }));
        expect(changed).toHaveBeenCalledOnce();
        expect(router.skipLoad).toBe(false);
    });
});
