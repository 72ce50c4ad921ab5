/** Services of core, and what they are built on. */
import { Component, onWillStart, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { parseSearchQuery, router, stateToUrl, urlToState } from "@web/core/browser/router";
import { localization } from "@web/core/l10n/localization";
import { connection, ConnectionWatch } from "@web/core/network/connection";
import { download } from "@web/core/network/download";
import { get, post } from "@web/core/network/http_service";
import { ConnectionAbortedError, ConnectionLostError, HTTPError, rpc, rpcBus, RPCError } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";
import { DuplicatedKeyError, KeyNotFoundError, Registry } from "@web/core/registry";
import { PRODUCT_NAME } from "@web/core/title_service";
import { SIZES } from "@web/core/ui/ui_service";
import { _makeUser, user } from "@web/core/user";
import { Deferred, KeepLast, Mutex, Race } from "@web/core/utils/concurrency";
import { debounce, throttleForAnimation } from "@web/core/utils/timing";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

class Empty extends Component {
    static template = xml`<p class="content" t-esc="props.text"/>`;
    static props = ["*"];
}

/** Answer requests of the browser for the running test. */
function answerFetch(answer) {
    const { fetch } = browser;
    browser.fetch = vi.fn(answer);
    afterThis(() => {
        browser.fetch = fetch;
    });
    return browser.fetch;
}

const json = (data, init) => new Response(JSON.stringify(data), init);

describe("registries", () => {
    test("give what was added, in the order of its sequence", () => {
        const registry = new Registry();
        registry.add("b", 2, { sequence: 60 }).add("c", 3, { sequence: 10 }).add("a", 1);
        expect(registry.getAll()).toEqual([3, 1, 2]);
        expect(registry.getEntries()[0]).toEqual(["c", 3]);
        expect([registry.get("a"), registry.get("z", "default"), registry.contains("z")]).toEqual([
            1,
            "default",
            false,
        ]);
        expect(registry.category("sub")).toBe(registry.category("sub"));
    });

    test("refuse what is there or not there", () => {
        const registry = new Registry().add("a", 1);
        expect(() => registry.add("a", 2)).toThrow(DuplicatedKeyError);
        expect(() => registry.get("z")).toThrow(KeyNotFoundError);
        registry.add("a", 3, { force: true });
        expect(registry.get("a")).toBe(3);
    });

    test("tell of changes", () => {
        const registry = new Registry();
        const seen = [];
        registry.addEventListener("UPDATE", ({ detail }) => seen.push([detail.operation, detail.key]));
        registry.add("a", 1).add("b", 2);
        registry.remove("a");
        expect(seen.map(([operation]) => operation)).toEqual(["add", "add", "delete"]);
        expect(registry.getAll()).toEqual([2]);
    });
});

describe("requests", () => {
    test("give the result, and tell when they begin and end", async () => {
        const fetch = answerFetch(async () => json({ result: { a: 1 } }));
        const seen = [];
        const listen = (name) => {
            const listener = ({ detail }) => seen.push([name, detail.url]);
            rpcBus.addEventListener(name, listener);
            afterThis(() => rpcBus.removeEventListener(name, listener));
        };
        ["RPC:REQUEST", "RPC:RESPONSE"].forEach(listen);
        expect(await rpc("/route", { x: 1 }, { headers: { "X-Own": "y" } })).toEqual({ a: 1 });
        const [url, { body, headers, method }] = fetch.mock.lastCall;
        expect([url, method, headers["X-Own"]]).toEqual(["/route", "POST", "y"]);
        expect(JSON.parse(body)).toMatchObject({ jsonrpc: "2.0", method: "call", params: { x: 1 } });
        expect(seen).toEqual([
            ["RPC:REQUEST", "/route"],
            ["RPC:RESPONSE", "/route"],
        ]);
    });

    test.each([
        ["an error of the server", async () => json({ error: { message: "No", code: 200, data: {} } }), RPCError],
        ["a gateway without server", async () => new Response("", { status: 502 }), ConnectionLostError],
        ["an answer that is no JSON", async () => new Response("<html>"), HTTPError],
        ["no answer", async () => new Response("", { status: 500 }), HTTPError],
        ["an answer that is no object", async () => new Response("null"), HTTPError],
        ["a page that says to wait", async () => new Response("<html>", { status: 503 }), ConnectionLostError],
        ["no network", () => Promise.reject(new TypeError()), ConnectionLostError],
    ])("fail by %s", async (_reason, answer, error) => {
        answerFetch(answer);
        await expect(rpc("/route")).rejects.toThrow(error);
    });

    test("can be given up, loudly or not", async () => {
        answerFetch(() => new Promise(() => {}));
        const loud = rpc("/loud");
        loud.abort();
        await expect(loud).rejects.toThrow(ConnectionAbortedError);
        const settled = vi.fn();
        const quiet = rpc("/quiet");
        quiet.then(settled, settled);
        quiet.abort(false);
        await nextFrame();
        expect(settled).not.toHaveBeenCalled();
    });
});

describe("calls of models", () => {
    test("carry the context of the user", async () => {
        user.updateContext({ lang: "fr_FR" });
        afterThis(() => user.removeFromContext("lang"));
        const calls = answerRpc(() => 5);
        const orm = new ORM();
        expect(await orm.call("thing", "go", [[1]], { context: { a: 1 }, flag: true })).toBe(5);
        expect(calls[0].route).toBe("/web/dataset/call_kw/thing/go");
        expect(calls[0].params.kwargs).toMatchObject({ flag: true, context: { lang: "fr_FR", a: 1 } });
    });

    test.each([
        ["read", ["thing", [1], ["name"]], "read", [[1], ["name"]]],
        ["write", ["thing", [1], { a: 1 }], "write", [[1], { a: 1 }]],
        ["create", ["thing", [{ a: 1 }]], "create", [[{ a: 1 }]]],
        ["search", ["thing", [["a", "=", 1]]], "search", [[["a", "=", 1]]]],
        ["webSave", ["thing", [1], { a: 1 }], "web_save", [[1], { a: 1 }]],
    ])("%s", async (name, args, method, sent) => {
        const calls = answerRpc(() => true);
        await new ORM()[name](...args);
        expect(calls[0].params).toMatchObject({ model: "thing", method, args: sent });
    });

    test("group without repetition", async () => {
        const calls = answerRpc(() => []);
        await new ORM().readGroup("thing", [], ["a:sum"], ["b", "b"]);
        expect(calls[0].params.kwargs).toMatchObject({ fields: ["a:sum"], groupby: ["b"], domain: [] });
    });

    test("of nothing ask nothing", async () => {
        const calls = answerRpc(() => "never");
        const orm = new ORM();
        expect([await orm.read("thing", [], ["a"]), await orm.unlink("thing", [])]).toEqual([[], true]);
        expect(calls).toEqual([]);
    });

    test("may be silent", async () => {
        const calls = answerRpc(() => true);
        const orm = new ORM();
        await orm.silent.call("thing", "go");
        await orm.call("thing", "go");
        expect(calls.map(({ settings }) => settings.silent)).toEqual([true, false]);
    });

    test("refuse what is no model and what are no ids", () => {
        const orm = new ORM();
        expect(() => orm.call("", "go")).toThrow("model");
        expect(() => orm.read("thing", ["1"], [])).toThrow("ids");
    });
});

describe("addresses", () => {
    test.each([
        ["/odoo/action-7/5", { actionStack: [{ action: 7 }, { action: 7, resId: 5 }] }],
        ["/odoo/parts/new", { actionStack: [{ action: "parts" }, { action: "parts", resId: "new" }] }],
        ["/odoo/sale.order/3", { actionStack: [{ model: "sale.order", resId: 3 }] }],
        ["/odoo/m-thing", { actionStack: [{ model: "thing" }] }],
        [
            "/odoo/parts/4/action-8",
            { actionStack: [{ action: "parts" }, { action: "parts", resId: 4 }, { action: 8, active_id: 4 }] },
        ],
    ])("%s", (path, state) => {
        expect(urlToState(new URL(path, "http://h"))).toMatchObject({ ...state, ...state.actionStack.at(-1) });
        expect(stateToUrl(state)).toBe(path);
    });

    test("keep other keys in the query", () => {
        expect(stateToUrl({ action: 7, view_type: "kanban", empty: undefined, globalState: {} })).toBe(
            "/odoo/action-7?view_type=kanban"
        );
        expect(parseSearchQuery("?a=1&b=x")).toEqual({ a: 1, b: "x" });
    });

    test("of one moment are one step; locked keys stay", async () => {
        const { history } = browser;
        browser.history = { pushState: vi.fn(), replaceState: vi.fn() };
        afterThis(() => (browser.history = history));
        router.replaceState({ debug: "1", action: 1 }, { replace: true, sync: true });
        router.pushState({ action: 2 }, { replace: true });
        router.pushState({ resId: 3 });
        await nextFrame();
        expect(browser.history.pushState).toHaveBeenCalledOnce();
        expect(router.current).toEqual({ action: 2, resId: 3, debug: "1" });
        router.replaceState({ debug: undefined }, { replace: true, sync: true });
        expect(router.current).toEqual({});
    });
});

describe("the title", () => {
    test("names the action, then the product", async () => {
        const { title } = (await makeTestEnv(["title"])).services;
        title.setParts({ zopenerp: PRODUCT_NAME, action: "Things" });
        expect(title.current).toContain("Things");
        title.setParts({ action: null });
        expect(title.current).toBe(PRODUCT_NAME);
    });
});

describe("the screen", () => {
    test("is blocked until all who blocked it are done", async () => {
        const { ui } = (await makeTestEnv(["ui"])).services;
        const seen = [];
        ui.bus.addEventListener("BLOCK", ({ detail }) => seen.push(detail.message));
        ui.bus.addEventListener("UNBLOCK", () => seen.push("end"));
        ui.block({ message: "Wait" });
        ui.block();
        ui.unblock();
        expect(ui.isBlocked).toBe(true);
        ui.unblock();
        expect(seen).toEqual(["Wait", "end"]);
    });

    test("has one active element, the youngest", async () => {
        const { ui } = (await makeTestEnv(["ui"])).services;
        const [a, b] = [document.createElement("div"), document.createElement("div")];
        a.append(b);
        ui.activateElement(a);
        ui.activateElement(b);
        expect([ui.activeElement, ui.getActiveElementOf(a)]).toEqual([b, a]);
        ui.deactivateElement(a);
        expect(ui.activeElement).toBe(b);
        ui.deactivateElement(b);
        expect(ui.activeElement).toBe(document);
    });

    test("is small up to tablets", async () => {
        const env = await makeTestEnv(["ui"]);
        env.services.ui.size = SIZES.SM;
        expect(env.isSmall).toBe(true);
        env.services.ui.size = SIZES.LG;
        expect(env.isSmall).toBe(false);
    });
});

describe("what is put over the page", () => {
    test("is in order, and goes once", async () => {
        const env = await makeTestEnv(["overlay"]);
        const page = await mount(Empty, { env });
        const onRemove = vi.fn();
        const texts = () => [...page.querySelectorAll(".o-overlay-item")].map((el) => el.textContent);
        const remove = env.services.overlay.add(Empty, { text: "late" }, { sequence: 90, onRemove });
        env.services.overlay.add(Empty, { text: "early" }, { sequence: 10 });
        await expect.poll(texts).toEqual(["early", "late"]);
        remove("why");
        remove();
        await expect.poll(texts).toEqual(["early"]);
        expect(onRemove).toHaveBeenCalledExactlyOnceWith("why");
    });

    test("is begun once, whatever else appears while it waits", async () => {
        const env = await makeTestEnv(["overlay"]);
        const page = await mount(Empty, { env });
        const [ready, begun] = [new Deferred(), vi.fn()];
        class Slow extends Empty {
            setup() {
                begun();
                onWillStart(() => ready);
            }
        }
        const texts = () => [...page.querySelectorAll(".content")].map((el) => el.textContent);
        env.services.overlay.add(Slow, { text: "slow" });
        const removers = ["one", "two"].map((text) => env.services.overlay.add(Empty, { text }));
        await expect.poll(texts).toEqual(["", "one", "two"]);
        removers[0]();
        env.services.overlay.add(Empty, { text: "three" }, { sequence: 1 });
        await expect.poll(texts).toEqual(["", "three", "two"]);
        ready.resolve();
        await expect.poll(texts).toEqual(["", "three", "slow", "two"]);
        expect(begun).toHaveBeenCalledOnce();
    });

    test("may be a notification with buttons", async () => {
        const env = await makeTestEnv(["notification"]);
        const page = await mount(Empty, { env });
        const [onClick, onClose] = [vi.fn(), vi.fn()];
        const close = env.services.notification.add("Saved", {
            type: "success",
            title: "Good",
            sticky: true,
            buttons: [{ name: "Undo", onClick, primary: true }],
            onClose,
        });
        await expect.poll(() => page.querySelector(".o_notification")?.textContent).toContain("Saved");
        page.querySelector(".o_notification_buttons button").click();
        expect(onClick).toHaveBeenCalledOnce();
        close();
        await expect.poll(() => page.querySelector(".o_notification")).toBe(null);
        expect(onClose).toHaveBeenCalledOnce();
    });

    test("as dialogs has one that is active, the youngest", async () => {
        const env = await makeTestEnv(["dialog"]);
        const page = await mount(Empty, { env });
        const seen = [];
        class Inside extends Empty {
            setup() {
                seen.push(this.env.dialogData);
            }
        }
        const close = env.services.dialog.add(Inside, { text: "one" });
        env.services.dialog.add(Inside, { text: "two" });
        await expect.poll(() => seen.length).toBe(2);
        expect(seen.map(({ isActive }) => isActive)).toEqual([false, true]);
        seen[1].close();
        expect(seen[0].isActive).toBe(true);
        close();
        await expect.poll(() => page.querySelectorAll(".o-overlay-item").length).toBe(0);
    });
});

describe("fields of models", () => {
    const things = { partner: { type: "many2one", relation: "partner", string: "Partner" } };
    const partners = { city: { type: "char", string: "City" } };
    let field;
    let call;

    beforeEach(async () => {
        call = vi.fn(async (model) => (model === "thing" ? things : partners));
        field = (await makeTestEnv(["field"], { orm: { call } })).services.field;
    });

    test("are read once and know their name", async () => {
        expect((await field.loadFields("thing")).partner).toMatchObject({ name: "partner", string: "Partner" });
        await field.loadFields("thing");
        expect(call).toHaveBeenCalledOnce();
    });

    test("are found at the end of a path", async () => {
        expect(await field.loadFieldInfo("thing", "partner.city")).toEqual({
            resModel: "partner",
            fieldDef: { name: "city", type: "char", string: "City" },
        });
        expect(await field.loadPath("thing", "partner.nothing.more")).toMatchObject({ isInvalid: "path" });
    });

    test.each(["", undefined, "partner.nothing"])("are none at the end of %s", async (path) => {
        expect(await field.loadFieldInfo("thing", path)).toEqual({ resModel: "thing", fieldDef: null });
    });
});

describe("the user", () => {
    const session = {
        uid: 7,
        is_internal_user: true,
        is_system: false,
        user_context: { lang: "fr_FR" },
        user_settings: { id: 3 },
    };

    test("has groups that the session tells, and others that are asked once", async () => {
        const calls = answerRpc((_route, { args }) => args[1] === "sale.manager");
        const me = _makeUser(session);
        expect([await me.hasGroup("base.group_user"), await me.hasGroup("base.group_system")]).toEqual([true, false]);
        expect(calls).toEqual([]);
        expect([await me.hasGroup("sale.manager"), await me.hasGroup("sale.manager")]).toEqual([true, true]);
        expect(calls).toHaveLength(1);
        expect(calls[0].params).toMatchObject({ method: "has_group", args: [7, "sale.manager"] });
    });

    test("who is not logged in has no group, and asks for none", async () => {
        const calls = answerRpc(() => true);
        expect(await _makeUser({}).hasGroup("sale.manager")).toBe(false);
        expect(calls).toEqual([]);
    });

    test("has rights by model, operation and records", async () => {
        const calls = answerRpc(() => true);
        const me = _makeUser(session);
        await me.checkAccessRight("thing", "write");
        await me.checkAccessRight("thing", "write", [4]);
        await me.checkAccessRight("thing", "write", [4]);
        expect(calls.map(({ params }) => params.args)).toEqual([
            [[], "write"],
            [[4], "write"],
        ]);
    });

    test("changes his context and his settings", async () => {
        answerRpc((_route, { kwargs }) => kwargs.new_settings);
        const me = _makeUser(session);
        me.updateContext({ tz: "UTC" });
        expect(me.context).toEqual({ lang: "fr_FR", tz: "UTC", uid: 7 });
        me.removeFromContext("lang");
        expect([me.lang, me.tz]).toEqual(["", "UTC"]);
        await me.setUserSettings("theme", "dark");
        me.updateUserSettings("size", 2);
        expect(me.settings).toEqual({ id: 3, theme: "dark", size: 2 });
    });
});

describe("promises", () => {
    test("of which only the last one counts", async () => {
        const keepLast = new KeepLast();
        const seen = [];
        const [first, second] = [new Deferred(), new Deferred()];
        keepLast.add(first).then((value) => seen.push(value));
        keepLast.add(second).then((value) => seen.push(value));
        first.resolve("first");
        second.resolve("second");
        await nextFrame();
        expect(seen).toEqual(["second"]);
    });

    test("that wait for each other", async () => {
        const mutex = new Mutex();
        const seen = [];
        const gate = new Deferred();
        mutex.exec(async () => {
            await gate;
            seen.push(1);
        });
        const last = mutex.exec(() => seen.push(2));
        expect(seen).toEqual([]);
        gate.resolve();
        await last;
        await mutex.getUnlockedDef();
        expect(seen).toEqual([1, 2]);
    });

    test("of which the first one counts", async () => {
        const race = new Race();
        const [slow, fast] = [new Deferred(), new Deferred()];
        const winner = race.add(slow);
        race.add(fast);
        fast.resolve("fast");
        expect(await winner).toBe("fast");
        expect(race.getCurrentProm()).toBe(null);
    });
});

describe("calls that are put off", () => {
    test("run once when no more come, and answer all", async () => {
        const func = vi.fn((x) => 2 * x);
        const debounced = debounce(func, 5);
        expect(await Promise.all([debounced(1), debounced(2)])).toEqual([4, 4]);
        expect(func).toHaveBeenCalledOnce();
    });

    test("may run first, be dropped, or be done at once", async () => {
        const func = vi.fn();
        const leading = debounce(func, 5, true);
        leading("a");
        leading("b");
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(func.mock.calls).toEqual([["a"]]);
        const debounced = debounce(func, 5);
        debounced("c");
        debounced.cancel();
        debounced("d");
        debounced.cancel(true);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(func.mock.calls).toEqual([["a"], ["d"]]);
    });

    test("run once in a picture of the page", async () => {
        const func = vi.fn();
        const throttled = throttleForAnimation(func);
        ["a", "b", "c"].forEach((value) => throttled(value));
        expect(func.mock.calls).toEqual([["a"]]);
        await nextFrame();
        await nextFrame();
        expect(func.mock.calls).toEqual([["a"], ["c"]]);
    });
});

test("languages bring their terms and formats", async () => {
    const before = { ...localization };
    afterThis(() => Object.assign(localization, before));
    const fetch = answerFetch(async () =>
        json({
            lang: "fr_FR",
            hash: "abc",
            lang_parameters: {
                date_format: "%d/%m/%Y",
                time_format: "%H:%M:%S",
                short_time_format: "%H:%M",
                decimal_point: ",",
                thousands_sep: " ",
                grouping: "[3,0]",
                direction: "ltr",
                week_start: 1,
                code: "fr_FR",
            },
            modules: { web: { messages: [{ id: "Save", string: "Enregistrer" }] } },
            multi_lang: true,
        })
    );
    await makeTestEnv(["localization"]);
    expect(fetch).toHaveBeenCalledOnce();
    expect(localization).toMatchObject({
        dateFormat: "dd/MM/yyyy",
        decimalPoint: ",",
        grouping: [3, 0],
        multiLang: true,
    });
});

describe("a connection that is lost", () => {
    const lostConnection = () => {
        const watch = new ConnectionWatch();
        watch.start();
        afterThis(() => watch.stop());
        return watch;
    };
    const away = async () => json({ error: {} }, { status: 503, headers: { "Retry-After": "3" } });

    test("is one whose server wants to be asked later", async () => {
        answerFetch(away);
        const error = await rpc("/route").catch((reason) => reason);
        expect(error).toBeInstanceOf(ConnectionLostError);
        expect(error.retryAfter).toBe(3);
        for (const call of [() => get("/route"), () => post("/route"), () => download({ url: "/route" })]) {
            await expect(call()).rejects.toThrow(ConnectionLostError);
        }
    });

    test("is waited for until the server answers, be it an error", async () => {
        const waits = [];
        const { setTimeout } = browser;
        browser.setTimeout = vi.fn((look, wait) => waits.push(wait) && setTimeout(look));
        afterThis(() => (browser.setTimeout = setTimeout));
        lostConnection();
        answerFetch(away);
        await rpc("/route").catch(() => {});
        expect(connection.lost).toBe(true);
        await vi.waitFor(() => expect(waits.length).toBeGreaterThan(8));
        expect(waits.slice(0, 3)).toEqual([3000, 4500, 6750]);
        expect(waits[8]).toBe(30000);
        answerFetch(async () => json({ error: { message: "No", code: 200, data: {} } }));
        await vi.waitFor(() => expect(connection.lost).toBe(false));
        const { length } = waits;
        await nextFrame();
        expect(waits.length).toBe(length);
    });

    test("ends at once when the device is online again", async () => {
        lostConnection();
        answerFetch(() => Promise.reject(new TypeError()));
        await rpc("/route").catch(() => {});
        expect(connection.lost).toBe(true);
        answerFetch(async () => json({ result: {} }));
        browser.dispatchEvent(new Event("online"));
        await vi.waitFor(() => expect(connection.lost).toBe(false));
    });
});
