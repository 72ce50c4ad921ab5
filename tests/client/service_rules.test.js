/** Services as addons address them: entries S41 to S58a of what clients of the 18.0 line do. */
import { Component, useRef, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { cookie } from "@web/core/browser/cookie";
import { router } from "@web/core/browser/router";
import { AlertDialog, ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { currencies } from "@web/core/currency";
import { Dialog } from "@web/core/dialog/dialog";
import { InstallScopedApp } from "@web/core/install_scoped_app/install_scoped_app";
import { RainbowMan } from "@web/core/effects/effect_service";
import { download } from "@web/core/network/download";
import { get, post } from "@web/core/network/http_service";
import { ConnectionLostError, rpc, RPCError, rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_service";
import { usePopover } from "@web/core/popover/popover_hook";
import { pwaService } from "@web/core/pwa/pwa_service";
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { _makeUser, user } from "@web/core/user";
import { ERROR_INACCESSIBLE_OR_MISSING } from "@web/core/name_service";
import { companyService } from "@web/webclient/company_service";
import { currencyService } from "@web/webclient/currency_service";
import { shareTargetService } from "@web/webclient/share_target/share_target_service";
import { session } from "@web/session";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

const page = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

class Empty extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

/** Have the browser say something else for the running test. */
function replaceInBrowser(values) {
    for (const [name, value] of Object.entries(values)) {
        const before = Object.getOwnPropertyDescriptor(browser, name);
        Object.defineProperty(browser, name, { value, configurable: true, writable: true });
        afterThis(() => Object.defineProperty(browser, name, before));
    }
}

/** Answer what is fetched. */
function answerFetch(answer) {
    const { fetch } = browser;
    browser.fetch = vi.fn(answer);
    afterThis(() => (browser.fetch = fetch));
    return browser.fetch;
}

describe("S41: requests", () => {
    test("that the server refuses name the model", async () => {
        answerFetch(async () => Response.json({ error: { code: 200, message: "no", data: { name: "x" } } }));
        const error = await rpc("/web/dataset/call_kw/thing/go", { model: "thing", method: "go" }).catch((e) => e);
        expect(error).toBeInstanceOf(RPCError);
        expect(error).toMatchObject({ model: "thing", exceptionName: "x", code: 200 });
        expect(UPDATE_METHODS).toEqual(expect.arrayContaining(["create", "write", "unlink", "web_save"]));
    });

    test("by get and post are read as one likes", async () => {
        const fetch = answerFetch(async () => Response.json({ a: 1 }));
        expect(await get("/x")).toEqual({ a: 1 });
        expect(await get("/x", "text")).toBe('{"a":1}');
        await post("/y", { ids: [1, 2], name: "n" });
        const { body } = fetch.mock.lastCall[1];
        expect([body.getAll("ids"), body.get("name")]).toEqual([["1", "2"], "n"]);
    });

    test("of files save what comes, or fail with what the server said", async () => {
        const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
        afterThis(() => clicked.mockRestore());
        const headers = { "Content-Disposition": "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.txt" };
        answerFetch(async () => new Response("content", { headers }));
        expect(await download({ url: "/x", data: { a: 1 } })).toBe("résumé.txt");
        const refusal = JSON.stringify({ code: 200, message: "m", data: { name: "n", message: "refused" } });
        answerFetch(async () => new Response(refusal, { status: 500, headers: { "Content-Type": "text/html" } }));
        await expect(download({ url: "/x" })).rejects.toMatchObject({ exceptionName: "n" });
        answerFetch(async () => {
            throw new TypeError("network");
        });
        await expect(download({ url: "/x" })).rejects.toThrow(ConnectionLostError);
    });
});

describe("S42: notifications", () => {
    test("wait, all of them, while one is read", async () => {
        vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        afterThis(() => vi.useRealTimers());
        const { clearTimeout, setTimeout } = browser;
        Object.assign(browser, { clearTimeout: globalThis.clearTimeout, setTimeout: globalThis.setTimeout });
        afterThis(() => Object.assign(browser, { clearTimeout, setTimeout }));
        const env = await makeTestEnv(["notification"]);
        const onClose = vi.fn();
        const { add } = env.services.notification;
        await Promise.all([mount(Empty, { env }), vi.advanceTimersByTimeAsync(50)]);
        add("one", { onClose, autocloseDelay: 100 });
        add("two", { onClose, autocloseDelay: 100 });
        add("stays", { onClose, sticky: true });
        await vi.waitFor(() => expect(all(".o_notification")).toHaveLength(3));
        page(".o_notification").dispatchEvent(new MouseEvent("mouseenter"));
        await vi.advanceTimersByTimeAsync(500);
        expect(onClose).not.toHaveBeenCalled();
        page(".o_notification").dispatchEvent(new MouseEvent("mouseleave"));
        await vi.advanceTimersByTimeAsync(150);
        expect(onClose).toHaveBeenCalledTimes(2);
        await vi.waitFor(() => expect(all(".o_notification")).toHaveLength(1));
    });
});

describe("S43: dialogs", () => {
    let env;

    beforeEach(async () => {
        env = await makeTestEnv(["dialog", "hotkey", "ui"]);
        await mount(Empty, { env });
    });

    test("that ask stay while they work, and when the answer is false", async () => {
        let release;
        const confirm = vi.fn(() => new Promise((resolve) => (release = resolve)));
        const cancel = vi.fn();
        env.services.dialog.add(ConfirmationDialog, { body: "Sure?", confirm, cancel, confirmLabel: "Yes" });
        await expect.poll(() => all(".modal-footer button").length).toBe(2);
        const [yes, no] = all(".modal-footer button");
        expect(yes.textContent).toContain("Yes");
        yes.click();
        yes.click();
        no.click();
        expect([yes.disabled, no.disabled]).toEqual([true, true]);
        release(false);
        await nextFrame();
        expect(yes.disabled).toBe(false);
        expect(confirm).toHaveBeenCalledOnce();
        // leaving is cancelling unless something else is said
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        await expect.poll(() => page(".o_dialog")).toBe(null);
        expect(cancel).toHaveBeenCalledOnce();
    });

    test("are moved by their header on large screens, not out of sight", async () => {
        env.services.dialog.add(AlertDialog, { title: "T", body: "So it is" });
        await expect.poll(() => page(".modal-header")).not.toBe(null);
        const pointer = (target, type, clientX, clientY) =>
            target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, clientX, clientY }));
        const content = page(".modal-content");
        env.services.ui.size = SIZES.LG;
        pointer(page(".modal-header .btn-close"), "pointerdown", 10, 10);
        pointer(window, "pointermove", 40, 60);
        expect(content.style.translate).toBe("");
        pointer(page(".modal-header"), "pointerdown", 10, 10);
        pointer(window, "pointermove", 13, 14);
        expect(content.style.translate).toBe("3px 4px");
        pointer(window, "pointermove", 13, 90000);
        const { top } = content.getBoundingClientRect();
        expect(top).toBeLessThan(window.innerHeight);
        pointer(window, "pointerup", 13, 14);
        pointer(window, "pointermove", 200, 200);
        expect(content.style.translate.startsWith("3px")).toBe(true);
    });

    test("that tell have one button", async () => {
        env.services.dialog.add(AlertDialog, { body: "So it is" });
        await expect.poll(() => all(".modal-footer button").length).toBe(1);
    });

    test("have the size, the classes and the parts that they are given", async () => {
        class Own extends Component {
            static template = xml`<Dialog t-props="props.dialog">body
                <t t-set-slot="footer"><b class="own_footer"/></t></Dialog>`;
            static components = { Dialog };
            static props = ["*"];
        }
        const onExpand = vi.fn();
        const dialog = { size: "fs", title: "T", contentClass: "own_content", bodyClass: "own_body", onExpand };
        env.services.dialog.add(Own, { dialog });
        await expect.poll(() => page(".own_content .own_body")).not.toBe(null);
        expect(page(".modal-dialog").className).toContain("modal-fs");
        expect(page(".own_footer")).not.toBe(null);
        page(".o_expand_button").click();
        expect(onExpand).toHaveBeenCalledOnce();
        env.services.dialog.closeAll();
        env.services.dialog.add(Own, { dialog: { header: false, footer: false } });
        await expect.poll(() => all(".o_dialog").length).toBe(1);
        await expect.poll(() => page(".o_dialog .modal-header, .o_dialog .modal-footer")).toBe(null);
    });
});

describe("S44: effects", () => {
    test("congratulate, or tell those who do not want that", async () => {
        const env = await makeTestEnv(["effect", "notification"]);
        await mount(Empty, { env });
        const { showEffect } = user;
        afterThis(() => (user.showEffect = showEffect));
        user.showEffect = true;
        env.services.effect.add({ message: "Great", fadeout: "no" });
        await expect.poll(() => page(".o_reward")?.textContent).toContain("Great");
        page(".o_reward").click();
        await expect.poll(() => page(".o_reward")).toBe(null);
        user.showEffect = false;
        env.services.effect.add({ message: "Plain" });
        await expect.poll(() => page(".o_notification_content")?.textContent).toBe("Plain");
        registry.category("effects").add("svc_effect", () => ({ Component: Empty, props: {} }), { force: true });
        env.services.effect.add({ type: "svc_effect" });
        expect(RainbowMan.template).toBeTruthy();
    });
});

describe("S45: popovers", () => {
    class Host extends Component {
        static template = xml`<div><button t-ref="target">x</button></div>`;
        static props = ["*"];
        setup() {
            this.target = useRef("target");
            this.popover = usePopover(Inner, this.props.options);
            this.props.take(this);
        }
    }
    class Inner extends Component {
        static template = xml`<p class="inner" t-esc="props.text"/>`;
        static props = ["*"];
    }

    test("stand beside a target until one goes elsewhere", async () => {
        const env = await makeTestEnv(["popover", "hotkey"]);
        const onClose = vi.fn();
        let host;
        const options = { onClose, popoverClass: "own_popover", popoverRole: "menu", position: "bottom-start" };
        await mount(Host, { env, props: { options, take: (component) => (host = component) } });
        host.popover.open(host.target.el, { text: "one" });
        await expect.poll(() => page(".own_popover .inner")?.textContent).toBe("one");
        expect([page(".own_popover").getAttribute("role"), host.popover.isOpen]).toEqual(["menu", true]);
        host.popover.open(host.target.el, { text: "two" });
        await expect.poll(() => all(".inner").map((el) => el.textContent)).toEqual(["two"]);
        document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        await expect.poll(() => page(".inner")).toBe(null);
        expect(host.popover.isOpen).toBe(false);
        expect(onClose).toHaveBeenCalledTimes(2);
    });

    async function show(options, place = "") {
        const env = await makeTestEnv(["popover", "hotkey", "ui"]);
        let host;
        await mount(Host, { env, props: { options, take: (component) => (host = component) } });
        host.target.el.style.cssText = `position: fixed; left: 200px; top: 100px; width: 40px; height: 20px; ${place}`;
        host.popover.open(host.target.el, { text: "some words to point from" });
        await expect.poll(() => page(".o_popover")?.style.top).toMatch(/px$/);
        return host;
    }

    test("point at their target with an arrow, unless that is not wanted", async () => {
        await show({ position: "bottom" });
        const popover = page(".o_popover");
        expect([...popover.classList]).toContain("bs-popover-bottom");
        const middle = (el) => el.getBoundingClientRect().left + el.getBoundingClientRect().width / 2;
        expect(Math.abs(middle(page(".popover-arrow")) - 220)).toBeLessThan(2);
        const host = await show({ arrow: false, popoverClass: "plain" });
        expect(page(".plain .popover-arrow")).toBe(null);
        host.popover.close();
    });

    test("appear little by little, or at once", async () => {
        await show({ popoverClass: "slow" });
        expect(page(".slow").getAnimations()).toHaveLength(1);
        await show({ animation: false, popoverClass: "fast" });
        expect(page(".fast").getAnimations()).toEqual([]);
    });

    test.for([
        ["follow their target", {}, "pointermove", true],
        ["stay where they were put first", { fixedPosition: true }, "pointermove", false],
        ["stay while the pointer is over them", { holdOnHover: true }, "pointerenter", false],
    ])("%s", async ([, options, event, isMoved]) => {
        const host = await show({ ...options, position: "bottom-start" });
        const before = page(".o_popover").style.left;
        page(".o_popover").dispatchEvent(new PointerEvent(event));
        host.target.el.style.left = "300px";
        window.dispatchEvent(new Event("resize"));
        await nextFrame();
        await nextFrame();
        expect(page(".o_popover").style.left !== before).toBe(isMoved);
        page(".o_popover").dispatchEvent(new PointerEvent("pointerleave"));
        await expect.poll(() => page(".o_popover").style.left !== before).toBe(isMoved || "holdOnHover" in options);
    });

    test("have the focus and give it back, or leave it where it is", async () => {
        class Field extends Component {
            static template = xml`<input class="inner"/>`;
            static props = ["*"];
        }
        const env = await makeTestEnv(["popover", "hotkey", "ui"]);
        let host;
        await mount(Host, { env, props: { take: (component) => (host = component) } });
        const { el } = host.target;
        el.focus();
        const close = env.services.popover.add(el, Field);
        await expect.poll(() => document.activeElement.className).toBe("inner");
        expect(env.services.ui.activeElement).toBe(page(".o_popover"));
        close();
        await expect.poll(() => document.activeElement).toBe(el);
        expect(env.services.ui.activeElement).toBe(document);
        env.services.popover.add(el, Field, {}, { setActiveElement: false });
        await expect.poll(() => page("input.inner")).not.toBe(null);
        await nextFrame();
        expect([document.activeElement, env.services.ui.activeElement]).toEqual([el, document]);
    });

    test("may stay, or be closed by Escape only", async () => {
        const env = await makeTestEnv(["popover", "hotkey"]);
        let host;
        const options = { closeOnClickAway: () => false };
        await mount(Host, { env, props: { options, take: (component) => (host = component) } });
        host.popover.open(host.target.el, { text: "one" });
        await expect.poll(() => page(".inner")).not.toBe(null);
        await nextFrame();
        document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        await nextFrame();
        expect(page(".inner")).not.toBe(null);
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        await expect.poll(() => page(".inner")).toBe(null);
    });
});

describe("S47: shortcuts", () => {
    const press = (target, init) => target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
    let env;

    beforeEach(async () => {
        env = await makeTestEnv(["hotkey"]);
        await mount(
            class extends Empty {
                static template = xml`<div class="outer"><div class="inner_area"><input class="in"/>
                <p data-allow-hotkeys="1"><input class="allowed"/></p></div></div>`;
            },
            { env }
        );
    });

    test("of the smallest part of the page come first, the youngest among equals", async () => {
        const done = [];
        const { add } = env.services.hotkey;
        add("enter", () => done.push("inner"), { area: () => page(".inner_area"), bypassEditableProtection: true });
        add("enter", () => done.push("outer"), { area: () => page(".outer"), bypassEditableProtection: true });
        add("enter", () => done.push("page"), { bypassEditableProtection: true });
        await nextFrame();
        press(page(".in"), { key: "Enter" });
        expect(done).toEqual(["inner"]);
    });

    test("work in inputs that allow them", async () => {
        const done = vi.fn();
        env.services.hotkey.add("x", done);
        await nextFrame();
        press(page(".in"), { key: "x", code: "KeyX" });
        expect(done).not.toHaveBeenCalled();
        press(page(".allowed"), { key: "x", code: "KeyX" });
        expect(done).toHaveBeenCalledOnce();
    });

    test("show their letter where they say", async () => {
        env.services.hotkey.add("alt+z", () => {}, { withOverlay: () => page(".inner_area") });
        await nextFrame();
        press(window, { key: "Alt", altKey: true });
        expect(all(".o_web_hotkey_overlay").map((el) => el.textContent)).toEqual(["Z"]);
        window.dispatchEvent(new KeyboardEvent("keyup", { key: "Alt" }));
        expect(all(".o_web_hotkey_overlay")).toEqual([]);
    });

    test("work in frames that are registered", async () => {
        const done = vi.fn();
        const frame = document.body.appendChild(document.createElement("iframe"));
        afterThis(() => frame.remove());
        env.services.hotkey.add("control+y", done);
        env.services.hotkey.registerIframe(frame);
        await nextFrame();
        press(frame.contentDocument.body, { key: "y", code: "KeyY", ctrlKey: true });
        expect(done).toHaveBeenCalledOnce();
    });
});

describe("S50: the veil", () => {
    test("may come later than the block", async () => {
        const env = await makeTestEnv(["ui"]);
        await mount(Empty, { env });
        env.services.ui.block({ message: "Wait", delay: 40 });
        await nextFrame();
        expect([env.services.ui.isBlocked, page(".o_blockUI")]).toEqual([true, null]);
        await expect.poll(() => page(".o_blockUI")?.textContent).toContain("Wait");
        env.services.ui.unblock();
        await expect.poll(() => page(".o_blockUI")).toBe(null);
        env.services.ui.block({ delay: 10 });
        env.services.ui.unblock();
        await new Promise((resolve) => setTimeout(resolve, 40));
        expect(page(".o_blockUI")).toBe(null);
    });
});

describe("S51: the user", () => {
    test("has a language as browsers write it", () => {
        const made = _makeUser({ uid: 2, user_context: { lang: "sr@latin", tz: "UTC" }, is_admin: true });
        expect([made.lang, made.context.lang, made.tz, made.isAdmin]).toEqual(["sr-Latn", "sr@latin", "UTC", true]);
        expect(_makeUser({ user_context: {} }).userId).toBe(false);
        expect(made.context.uid).toBe(2);
    });
});

describe("S52: companies", () => {
    const company = (id, more = {}) => ({ id, name: `C${id}`, sequence: id, child_ids: [], ...more });
    let action;

    beforeEach(() => {
        session.user_companies = {
            current_company: 1,
            allowed_companies: { 1: company(1, { child_ids: [3] }), 2: company(2), 3: company(3) },
            disallowed_ancestor_companies: { 9: company(9) },
        };
        const { setTimeout } = browser;
        browser.setTimeout = vi.fn();
        const { history } = browser;
        browser.history = { state: null, pushState: vi.fn(), replaceState: vi.fn() };
        action = { doAction: vi.fn(), currentController: null };
        cookie.set("cids", "1");
        afterThis(() => {
            browser.setTimeout = setTimeout;
            browser.history = history;
            cookie.delete("cids");
            user.removeFromContext("allowed_company_ids");
            delete session.user_companies;
        });
    });

    const start = () => companyService.start({}, { action });

    test("are those of the cookie", () => {
        cookie.set("cids", "2-1-77");
        const companies = start();
        expect([companies.activeCompanyIds, companies.currentCompany.name]).toEqual([[2, 1], "C2"]);
        expect(companies.getCompany(9).name).toBe("C9");
        expect(Object.keys(companies.allowedCompaniesWithAncestors)).toEqual(["1", "2", "3", "9"]);
        expect(user.context.allowed_company_ids).toEqual([2, 1]);
    });

    test("are changed with those below them, and the page loads again", async () => {
        const companies = start();
        await companies.setCompanies([1, 2]);
        expect(cookie.get("cids")).toBe("1-3-2");
        await companies.setCompanies([1], false);
        expect(cookie.get("cids")).toBe("1");
        expect(browser.setTimeout).toHaveBeenCalledTimes(2);
    });

    test("that hide the record that is shown lead to what is before it", async () => {
        const calls = answerRpc(() => false);
        const actionStack = [{ action: "things" }, { action: "things", resId: 5 }];
        router.replaceState({ actionStack, ...actionStack[1] }, { replace: true, sync: true });
        action.currentController = { props: { resModel: "thing", resId: 5 } };
        await start().setCompanies([2]);
        expect(calls[0].params).toMatchObject({ model: "thing", method: "has_access", args: [[5], "read"] });
        expect(calls[0].params.kwargs.context.allowed_company_ids).toEqual([2]);
        expect(router.stateToUrl(router.current)).toBe("/odoo/things");
    });

    test("that are changed load the context again", () => {
        start();
        const answer = (detail) => rpcBus.trigger("RPC:RESPONSE", detail);
        answer({ data: { params: { model: "res.company", method: "write" } }, error: new Error("no") });
        expect(action.doAction).not.toHaveBeenCalled();
        answer({ data: { params: { model: "res.company", method: "write" } } });
        expect(action.doAction).toHaveBeenCalledWith("reload_context");
    });
});

describe("S53: names", () => {
    test("are asked together; what cannot be read does not keep others from theirs", async () => {
        const calls = answerRpc(() => [{ id: 1, display_name: "One" }]);
        const env = await makeTestEnv(["name"]);
        const { name } = env.services;
        const [some, others] = await Promise.all([
            name.loadDisplayNames("thing", [1, 2]),
            name.loadDisplayNames("thing", [1]),
        ]);
        expect(some).toEqual({ 1: "One", 2: ERROR_INACCESSIBLE_OR_MISSING });
        expect(others).toEqual({ 1: "One" });
        name.addDisplayNames("thing", { 3: "Three" });
        expect(await name.loadDisplayNames("thing", [3])).toEqual({ 3: "Three" });
        expect(calls).toHaveLength(1);
    });

    test("are forgotten when something else is shown, also while they are asked for", async () => {
        let release;
        const calls = answerRpc(() => new Promise((resolve) => (release = resolve)));
        const env = await makeTestEnv(["name"]);
        const { name } = env.services;
        const asked = name.loadDisplayNames("thing", [1]);
        await nextFrame();
        env.bus.trigger("ACTION_MANAGER:UPDATE", {});
        release([{ id: 1, display_name: "One" }]);
        expect(await asked).toEqual({ 1: "One" });
        const again = name.loadDisplayNames("thing", [1]);
        await nextFrame();
        release([{ id: 1, display_name: "Other" }]);
        expect(await again).toEqual({ 1: "Other" });
        expect(calls).toHaveLength(2);
    });
});

describe("S58a: currencies", () => {
    test("follow what is changed", async () => {
        const calls = answerRpc(() => ({ currencies: { 5: { symbol: "x", position: "after", digits: [69, 2] } } }));
        currencies[4] = { symbol: "old" };
        afterThis(() => Object.keys(currencies).forEach((id) => delete currencies[id]));
        currencyService.start();
        rpcBus.trigger("RPC:RESPONSE", { data: { params: { model: "res.currency", method: "write" } } });
        await expect.poll(() => Object.keys(currencies)).toEqual(["5"]);
        expect(calls[0].route).toBe("/web/session/get_session_info");
    });
});

describe("S58a: installation", () => {
    const key = "pwaService.installationState";
    const offer = (outcome) =>
        Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
            prompt: vi.fn(),
            userChoice: Promise.resolve({ outcome }),
        });

    beforeEach(() => {
        browser.localStorage.removeItem(key);
        afterThis(() => browser.localStorage.removeItem(key));
    });

    test("is proposed when the browser can, and the answer is kept by address", async () => {
        const env = await makeTestEnv();
        const pwa = pwaService.start(env);
        expect([pwa.isAvailable, pwa.canPromptToInstall, pwa.isScopedApp, pwa.startUrl]).toEqual([
            false,
            false,
            false,
            "/odoo",
        ]);
        const onDone = vi.fn();
        await pwa.show({ onDone });
        expect(onDone).not.toHaveBeenCalled();
        const event = offer("accepted");
        window.dispatchEvent(event);
        expect([event.defaultPrevented, pwa.isAvailable, pwa.canPromptToInstall]).toEqual([true, true, true]);
        await pwa.show({ onDone });
        expect(event.prompt).toHaveBeenCalledOnce();
        expect(onDone).toHaveBeenCalledWith({ outcome: "accepted" });
        expect(JSON.parse(browser.localStorage.getItem(key))).toEqual({ "/odoo": "accepted" });
        expect([pwa.isAvailable, pwa.hasScopeBeenInstalled("/odoo"), pwa.hasScopeBeenInstalled("/x")]).toEqual([
            false,
            true,
            false,
        ]);
        expect(pwaService.start(env).isAvailable).toBe(false);
    });

    test("that was declined is not proposed again", async () => {
        const env = await makeTestEnv();
        const pwa = pwaService.start(env);
        window.dispatchEvent(offer("dismissed"));
        pwa.decline();
        expect(pwa.isAvailable).toBe(false);
        window.dispatchEvent(offer("accepted"));
        expect(pwa.isAvailable).toBe(false);
        answerFetch(async () => Response.json({ name: "Quoin" }));
        expect(await pwa.getManifest()).toEqual({ name: "Quoin" });
    });

    test("the page of one application is about that one, and proposes it again", async () => {
        replaceInBrowser({ location: { pathname: "/scoped_app", search: "?path=scoped_app/parts" } });
        const manifest = { name: "Parts", scope: "/scoped_app/parts", start_url: "/scoped_app/parts" };
        answerFetch(async () => Response.json(manifest));
        const env = await makeTestEnv(["pwa"]);
        const { pwa } = env.services;
        expect([pwa.isScopedApp, pwa.startUrl]).toEqual([true, "/scoped_app/parts"]);
        pwa.decline();
        const page = await mount(InstallScopedApp, { env });
        expect(page.querySelector("h1").textContent).toBe("Parts");
        expect(page.querySelector("a").getAttribute("href")).toBe("/scoped_app/parts");
        expect(page.textContent).toContain("from the menu of your browser");
        window.dispatchEvent(offer("accepted"));
        await expect.poll(() => page.querySelector(".o_install_app")?.textContent).toBe("Install");
        page.querySelector(".o_install_app").click();
        await expect.poll(() => page.querySelector("[role=status]")?.textContent).toContain("It is installed");
        expect(JSON.parse(browser.localStorage.getItem(key))).toEqual({ "/scoped_app/parts": "accepted" });
    });
});

describe("S58a: files that others share", () => {
    /** @param {string} search of the address @param {File[]} [files] of the service worker */
    async function started(search, files) {
        const serviceWorker = {
            controller: { postMessage: vi.fn((_data, [port]) => port.postMessage({ files })) },
        };
        replaceInBrowser({
            location: new URL(`https://here/odoo${search}`),
            navigator: files ? { serviceWorker } : {},
        });
        return { service: await shareTargetService.start(), asked: serviceWorker.controller.postMessage };
    }

    test("are taken over from the service worker, once", async () => {
        const receipt = new File(["1"], "receipt.pdf");
        const { service, asked } = await started("?share_target=trigger", [receipt]);
        expect(asked.mock.calls[0][0]).toEqual({ action: "odoo_share_target" });
        expect(service.hasSharedFiles()).toBe(true);
        expect(service.getSharedFilesToUpload().map(({ name }) => name)).toEqual(["receipt.pdf"]);
        expect([service.hasSharedFiles(), service.getSharedFilesToUpload()]).toEqual([false, []]);
    });

    test("are none on other pages, and without a service worker", async () => {
        const { service, asked } = await started("", [new File(["1"], "a.pdf")]);
        expect([service.hasSharedFiles(), asked.mock.calls]).toEqual([false, []]);
        expect((await started("?share_target=trigger")).service.hasSharedFiles()).toBe(false);
    });
});
