/** Hooks and small services as addons address them: entries S57 and S60 to S61. */
import { Component, reactive, useRef, xml } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import {
    SERVICES_METADATA,
    useAutofocus,
    useChildRef,
    useForwardRefToParent,
    useRefListener,
    useService,
    useServiceProtectMethodHandling,
    useSpellCheck,
} from "@web/core/utils/hooks";
import { effect, Reactive, withComputedProperties } from "@web/core/utils/reactive";
import { useVirtualGrid } from "@web/core/virtual_grid_hook";
import { afterThis, makeTestEnv, mount, nextFrame } from "./mount";

describe("S60: hooks", () => {
    test("elements of children are forwarded to their parents", async () => {
        class Child extends Component {
            static template = xml`<b t-ref="inner" class="child">x</b>`;
            static props = ["*"];
            setup() {
                useForwardRefToParent("inner");
            }
        }
        const clicked = vi.fn();
        let own;
        class Parent extends Component {
            static template = xml`<div><Child inner="inner"/></div>`;
            static components = { Child };
            static props = ["*"];
            setup() {
                this.inner = useChildRef();
                useRefListener(this.inner, "click", clicked);
                own = this;
            }
        }
        const page = await mount(Parent);
        expect(own.inner.el).toBe(page.querySelector(".child"));
        page.querySelector(".child").click();
        expect(clicked).toHaveBeenCalledOnce();
    });

    test("the cursor goes to an input, and spelling is checked while it is there", async () => {
        class Own extends Component {
            static template = xml`<div><input t-ref="autofocus" value="abc"/><textarea t-ref="spellcheck"/></div>`;
            static props = ["*"];
            setup() {
                useAutofocus({ selectAll: true });
                useSpellCheck();
            }
        }
        const page = await mount(Own);
        const [input, area] = [page.querySelector("input"), page.querySelector("textarea")];
        expect([document.activeElement, input.selectionEnd]).toEqual([input, 3]);
        expect(area.spellcheck).toBe(false);
        area.focus();
        expect(area.spellcheck).toBe(true);
        area.blur();
        expect(area.spellcheck).toBe(false);
    });

    test("services that are asked by a component that goes never answer it", async () => {
        let release;
        const later = () => new Promise((resolve) => (release = resolve));
        const env = await makeTestEnv([], { slow: { later, now: () => "now" } });
        SERVICES_METADATA.slow = ["later"];
        afterThis(() => delete SERVICES_METADATA.slow);
        let service;
        class Own extends Component {
            static template = xml`<i/>`;
            static props = ["*"];
            setup() {
                service = useService("slow");
                expect(() => useService("nowhere")).toThrow("nowhere");
            }
        }
        class Host extends Component {
            static template = xml`<Own t-if="state.shown"/>`;
            static components = { Own };
            static props = ["*"];
            setup() {
                this.state = this.props.state;
            }
        }
        const state = reactive({ shown: true });
        let host;
        const Shown = class extends Host {
            setup() {
                super.setup();
                host = this;
            }
        };
        await mount(Shown, { env, props: { state } });
        const answered = vi.fn();
        service.later().then(answered, answered);
        expect(service.now()).toBe("now");
        state.shown = false;
        host.render();
        await nextFrame();
        release(1);
        await nextFrame();
        expect(answered).not.toHaveBeenCalled();
        await expect(service.later()).rejects.toThrow("destroyed");
        const { fn } = useServiceProtectMethodHandling;
        useServiceProtectMethodHandling.fn = useServiceProtectMethodHandling.mocked;
        afterThis(() => (useServiceProtectMethodHandling.fn = fn));
        service.later().then(answered, answered);
        await nextFrame();
        expect(answered).not.toHaveBeenCalled();
    });
});

describe("S61: helpers", () => {
    test("what is reactive tells of changes", () => {
        class Counter extends Reactive {
            n = 1;
        }
        const counter = new Counter();
        const seen = [];
        effect(({ n }) => seen.push(n), [counter]);
        const twice = withComputedProperties({}, [counter], { double: ({ n }) => n * 2 });
        counter.n = 5;
        expect(seen).toEqual([1, 5]);
        expect(twice.double).toBe(10);
    });

    test("of a large grid only what is seen is drawn", async () => {
        let grid;
        const changed = vi.fn();
        class Own extends Component {
            static template = xml`<div t-ref="scroll" style="height: 100px; overflow: auto">
                <div style="height: 100000px"/></div>`;
            static props = ["*"];
            setup() {
                const scrollableRef = useRef("scroll");
                grid = useVirtualGrid({ scrollableRef, bufferCoef: 0, onChange: changed });
                grid.setRowsHeights(Array.from({ length: 1000 }, () => 100));
                grid.setColumnsWidths([]);
            }
        }
        const page = await mount(Own);
        expect(grid.rowsIndexes).toEqual([0, Math.floor(window.innerHeight / 100)]);
        expect(grid.columnsIndexes).toBe(undefined);
        page.querySelector("div").scrollTop = 5050;
        await expect.poll(() => changed.mock.calls.length).toBe(1);
        expect(changed.mock.lastCall[0].rowsIndexes[0]).toBe(50);
    });
});

describe("S57: tooltips", () => {
    class Own extends Component {
        static template = xml`<div style="margin: 300px"><button class="tapped" data-tooltip="Tapped" data-tooltip-touch-tap-to-show="1">a</button>
            <button class="plain" data-tooltip="Plain" data-tooltip-delay="0" data-tooltip-position="top">b</button></div>`;
        static props = ["*"];
    }
    const shown = () => document.querySelector(".o-tooltip")?.textContent.trim();

    test("are shown where the mouse rests, until something is done", async () => {
        const env = await makeTestEnv(["tooltip", "popover", "hotkey"]);
        const page = await mount(Own, { env });
        page.querySelector(".plain").dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        await expect.poll(shown).toBe("Plain");
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
        await expect.poll(shown).toBe(undefined);
    });

    test("are shown by a tap where that is asked for, else while a finger rests", async () => {
        const env = await makeTestEnv(["tooltip", "popover", "hotkey"]);
        const page = await mount(Own, { env });
        const touch = (selector, type) =>
            page.querySelector(selector).dispatchEvent(new Event(type, { bubbles: true }));
        touch(".tapped", "touchstart");
        touch(".tapped", "touchend");
        await expect.poll(shown).toBe("Tapped");
        touch(".plain", "touchstart");
        await expect.poll(shown).toBe("Plain");
        touch(".plain", "touchend");
        await expect.poll(shown).toBe(undefined);
    });
});
