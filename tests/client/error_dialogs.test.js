/** The dialog of an unexpected error, and what its reader passes on. */
import { afterEach, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { assets } from "@web/core/assets";
import { RPCErrorDialog } from "@web/core/errors/error_dialogs";
import { lostConnectionHandler, noDataHandler, rpcErrorHandler } from "@web/core/errors/error_handlers";
import { withSourcePlaces } from "@web/core/errors/source_places";
import { connection, isServerAway, whenServed } from "@web/core/network/connection";
import { ConnectionLostError, HTTPError, makeErrorFromResponse } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { makeTestEnv, mount } from "./mount";
import { Component, xml } from "@odoo/owl";

class Empty extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

afterEach(() => vi.restoreAllMocks());

async function show(data) {
    const env = await makeTestEnv(["dialog", "hotkey", "ui"]);
    const page = await mount(Empty, { env });
    env.services.dialog.add(RPCErrorDialog, { exceptionName: "builtins.KeyError", code: 200, data });
    await expect.poll(() => page.querySelector(".o_error_dialog")).not.toBe(null);
    return page;
}

test("an error of the server tells the name of its request, which can be copied", async () => {
    const writeText = vi.spyOn(browser.navigator.clipboard, "writeText").mockResolvedValue();
    const page = await show({ message: "'x'", debug: "Traceback", request_id: "abc-7" });
    expect(page.querySelector(".o_error_request code").textContent).toBe("abc-7");
    page.querySelector(".o_error_request button").click();
    await expect.poll(() => page.querySelector(".o_error_request button").textContent.trim()).toBe("Copied");
    expect(writeText).toHaveBeenCalledWith("abc-7");
    page.querySelector("button.btn-link").click();
    await expect.poll(() => page.querySelector(".o_error_detail button")).not.toBe(null);
    page.querySelector(".o_error_detail button").click();
    expect(writeText).toHaveBeenLastCalledWith("builtins.KeyError: 'x'\n\nRequest: abc-7\n\nTraceback");
});

test("an error without a request shows none", async () => {
    const page = await show({ message: "'x'", debug: "" });
    expect(page.querySelector(".o_error_request")).toBe(null);
});

test("several failures that say the same are one message", async () => {
    const env = await makeTestEnv(["dialog", "hotkey", "ui"]);
    const page = await mount(Empty, { env });
    const error = () => makeErrorFromResponse({ code: 200, message: "m", data: { name: "x", message: "same" } });
    for (let times = 0; times < 3; times++) {
        expect(rpcErrorHandler(env, {}, error())).toBe(true);
    }
    expect(noDataHandler(env, {}, new HTTPError("/web/there", 500))).toBe(true);
    expect(noDataHandler(env, {}, new HTTPError("/web/there", 504))).toBe(true);
    await expect.poll(() => page.querySelectorAll(".o_error_dialog").length).toBe(3);
    const titles = [...page.querySelectorAll(".modal-title")].map((el) => el.textContent);
    expect(titles).toEqual(["Server Error", "Network Error", "Request timeout"]);
    expect(page.querySelectorAll(".o_error_summary")[1].textContent).toContain('"/web/there" with HTTP 500');
    env.services.dialog.closeAll();
    // the next time it is told again
    rpcErrorHandler(env, {}, error());
    await expect.poll(() => page.querySelectorAll(".o_error_dialog").length).toBe(1);
});

test("refusals that addons register are notifications, with their buttons", async () => {
    const options = { title: "T", type: "warning", sticky: true, buttons: [{ name: "Do", onClick() {} }] };
    registry.category("error_notifications").add("svc.Error", { message: "Said", ...options }, { force: true });
    const add = vi.fn();
    const env = { services: { notification: { add } } };
    const error = makeErrorFromResponse({
        code: 200,
        message: "m",
        data: { name: "svc.Error", message: "from the server" },
    });
    expect(rpcErrorHandler(env, {}, error)).toBe(true);
    expect(add).toHaveBeenCalledWith("Said", options);
});

test("a server that is away is waited for; a page instead of data is told", async () => {
    const away = new ConnectionLostError("/x");
    const noData = new HTTPError("/x", 500);
    expect([isServerAway(away), isServerAway(noData), isServerAway(new Error())]).toEqual([true, false, false]);
    expect(lostConnectionHandler({}, {}, away)).toBe(true);
    expect(noDataHandler({}, {}, away)).toBe(false);
    connection.lost = true;
    const served = vi.fn();
    whenServed().then(served);
    await Promise.resolve();
    expect(served).not.toHaveBeenCalled();
    connection.lost = false;
    await expect.poll(() => served.mock.calls.length).toBe(1);
});

/** A map of a script whose second section is a module. */
const MAP = {
    version: 3,
    sections: [
        {
            offset: { line: 4, column: 0 },
            map: { version: 3, sources: ["/web/thing.js"], names: [], mappings: "AAEI" },
        },
    ],
};

test("a traceback names modules instead of the script that was made of them", async () => {
    const script = `${browser.location.origin}/web/assets/1/x.modules.min.js`;
    const answers = [new Response("", { status: 500 }), Response.json(MAP)];
    const fetched = vi.spyOn(browser, "fetch").mockImplementation(async () => answers.shift());
    vi.spyOn(assets, "loadBundle").mockImplementation(() => import("@web/libs/trace_mapping"));
    vi.spyOn(browser.console, "warn").mockReturnValue();
    const text = `Error: x\n at f (${script}:5:1)\n at g (${script}:1:1)\n at h (https://other.example/x.min.js:5:1)`;
    expect(await withSourcePlaces(text)).toBe(text);
    expect(await withSourcePlaces(text)).toBe(text.replace(`${script}:5:1`, "/web/thing.js:3:5"));
    await withSourcePlaces(text);
    expect(fetched.mock.calls).toEqual([[`${script}.map`], [`${script}.map`]]);
    expect(browser.console.warn).toHaveBeenCalledOnce();
});
