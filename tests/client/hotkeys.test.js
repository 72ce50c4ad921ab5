/** Shortcuts. */
import { Component, xml } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { makeTestEnv, mount } from "./mount";

describe("names of keys", () => {
    test.each([
        [{ key: "k", ctrlKey: true }, "control+k"],
        [{ key: "K", shiftKey: true, altKey: true }, "alt+shift+k"],
        [{ key: "Escape" }, "escape"],
        [{ key: " " }, "space"],
        [{ key: "Alt", altKey: true }, "alt"],
        [{ key: "&", code: "Digit1", altKey: true }, "alt+1"],
        [{ key: "ж", code: "KeyP", ctrlKey: true }, "control+p"],
        [{ key: "q", code: "KeyA" }, "q"],
        [{ key: "a", isComposing: true }, ""],
    ])("%j is %s", (init, name) => {
        expect(getActiveHotkey(new KeyboardEvent("keydown", init))).toBe(name);
    });
});

const press = (init, target = document.body) => {
    const ev = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(ev);
    return ev;
};

async function hotkeys() {
    const env = await makeTestEnv(["hotkey"]);
    const settled = Promise.resolve();
    return {
        ui: env.services.ui,
        add: async (...registration) => {
            const remove = env.services.hotkey.add(...registration);
            await settled;
            return remove;
        },
    };
}

describe("keys that are pressed", () => {
    test("reach the youngest shortcut until it is removed", async () => {
        const { add } = await hotkeys();
        const [first, second] = [vi.fn(), vi.fn()];
        await add("alt+z", first);
        const remove = await add("alt+z", second);
        expect(press({ key: "z", altKey: true }).defaultPrevented).toBe(true);
        remove();
        press({ key: "z", altKey: true });
        expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
    });

    test("do nothing unless the shortcut is in what is modal, or for all of the page", async () => {
        const { add, ui } = await hotkeys();
        const [local, global] = [vi.fn(), vi.fn()];
        await add("alt+y", local);
        await add("alt+x", global, { global: true });
        const dialog = document.createElement("div");
        ui.activateElement(dialog);
        press({ key: "y", altKey: true });
        press({ key: "x", altKey: true });
        expect([local.mock.calls.length, global.mock.calls.length]).toEqual([0, 1]);
    });

    test("write in inputs, unless the shortcut is allowed to take them", async () => {
        const { add } = await hotkeys();
        const input = document.body.appendChild(document.createElement("input"));
        const [plain, bold] = [vi.fn(), vi.fn()];
        await add("w", plain);
        await add("v", bold, { bypassEditableProtection: true });
        press({ key: "w" }, input);
        press({ key: "v" }, input);
        press({ key: "w" });
        expect([plain.mock.calls.length, bold.mock.calls.length]).toEqual([1, 1]);
        input.remove();
    });

    test("count once while they are held, and only in the area of the shortcut", async () => {
        const { add } = await hotkeys();
        const area = document.body.appendChild(document.createElement("div"));
        const callback = vi.fn();
        await add("arrowdown", callback, { area: () => area });
        press({ key: "ArrowDown" });
        press({ key: "ArrowDown", repeat: true }, area);
        press({ key: "ArrowDown" }, area);
        expect(callback.mock.calls).toEqual([[{ area, target: area }]]);
        area.remove();
    });

    test("click the element that names them; Alt shows which ones do", async () => {
        const { ui } = await hotkeys();
        const button = document.body.appendChild(document.createElement("button"));
        Object.assign(button, { textContent: "Save" }).dataset.hotkey = "shift+e";
        button.onclick = vi.fn();
        press({ key: "Alt", altKey: true });
        expect([...document.querySelectorAll(".o_web_hotkey_overlay")].map((el) => el.textContent)).toEqual([
            "SHIFT+E",
        ]);
        ui.block();
        expect(press({ key: "E", altKey: true, shiftKey: true }).defaultPrevented).toBe(true);
        expect(button.onclick).not.toHaveBeenCalled();
        ui.unblock();
        press({ key: "E", altKey: true, shiftKey: true });
        expect(button.onclick).toHaveBeenCalledOnce();
        expect(document.querySelector(".o_web_hotkey_overlay")).toBe(null);
        button.remove();
    });

    test("that do not exist are refused by name", async () => {
        const { add } = await hotkeys();
        await expect(add("alt+plus", () => {})).rejects.toThrow("plus");
    });
});

test("a component's shortcut goes with it", async () => {
    const env = await makeTestEnv(["hotkey"]);
    const callback = vi.fn();
    class Child extends Component {
        static template = xml`<i/>`;
        static props = [];
        setup() {
            useHotkey("alt+u", callback);
        }
    }
    class Parent extends Component {
        static template = xml`<Child t-if="shown"/>`;
        static components = { Child };
        static props = [];
        setup() {
            this.shown = true;
            parent = this;
        }
    }
    let parent;
    const page = await mount(Parent, { env });
    await Promise.resolve();
    press({ key: "u", altKey: true });
    parent.shown = false;
    parent.render();
    await expect.poll(() => page.querySelector("i")).toBe(null);
    press({ key: "u", altKey: true });
    expect(callback).toHaveBeenCalledOnce();
});
