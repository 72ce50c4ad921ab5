/** What is recorded of clicks and keys: entries TOUR-21 and TOUR-24. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { selectorOf } from "@web_tour/tour_recorder/recorder_selectors";
import "@web_tour/tour_recorder/tour_recorder";
import { afterThis, makeTestEnv, mount, nextFrame } from "./mount";
import { Component, xml } from "@odoo/owl";

const find = (selector) => document.querySelector(selector);

function show(html) {
    const place = document.createElement("div");
    place.innerHTML = html;
    document.body.append(place);
    afterThis(() => place.remove());
}

describe("TOUR-24: selectors", () => {
    const PAGE = `
        <div class="o_one plain" id="only"></div>
        <div class="o_many" id="first"></div><div class="o_many" id="second"></div>
        <div class="o_parent"><p><span id="bare"></span></p></div>
        <a class="o_app" data-menu-xmlid="sale.root" id="menu"></a><a class="o_app" data-menu-xmlid="stock.root"></a>
        <div class="o_field o_focused" name="color" id="named"><input class="o_input" id="input"></div>
        <div class="o_field" name="size"><input class="o_input"></div>
        <button class="o_save" id="button"><i class="fa" id="icon"></i></button>
        <ul class="o_list"><li>1</li><li id="item">2</li></ul>`;

    test.each([
        ["only", ".o_one"],
        ["second", ".o_many:nth-child(3)"],
        ["bare", ".o_parent > p > span"],
        ["menu", ".o_app[data-menu-xmlid='sale\\.root']"],
        ["named", ".o_field[name='color']"],
        ["input", ".o_field[name='color'] .o_input"],
        ["icon", ".o_save"],
        ["item", ".o_list > li:nth-child(2)"],
    ])("of #%s", (id, expected) => {
        show(PAGE);
        const selector = selectorOf(find(`#${id}`));
        expect(selector).toBe(expected);
        expect(document.querySelectorAll(selector)).toHaveLength(1);
    });
});

describe("TOUR-21: the recorder", () => {
    const recorder = registry.category("web_tour.players").get("recorder");
    let create;
    let onClose;

    class Page extends Component {
        static template = xml`
            <button class="o_here">Here</button><button class="o_there">There</button>
            <input class="o_text"/><div class="o_note" contenteditable="true"/>
            <div class="o-autocomplete"><input class="o_choice"/></div>`;
        static props = [];
    }

    beforeEach(async () => {
        create = vi.fn(async () => [1]);
        onClose = vi.fn();
        const env = await makeTestEnv(["overlay", "notification"], { orm: { create } });
        await mount(Page, { env });
        recorder.show(env.services, onClose);
        recorder.show(env.services, onClose);
        await vi.waitFor(() => expect(document.querySelectorAll(".o_tour_recorder")).toHaveLength(1));
        afterThis(() => find(".o_tour_recorder_close_button")?.click());
        find(".o_button_record").click();
        await nextFrame();
    });

    const send = (selector, Type, name, init = {}) =>
        find(selector).dispatchEvent(new Type(name, { bubbles: true, composed: true, ...init }));
    function drag(from, to) {
        send(from, PointerEvent, "pointerdown");
        send(to, PointerEvent, "pointerup");
    }
    function click(selector) {
        drag(selector, selector);
        find(selector).click();
    }
    function type(selector, text) {
        const el = find(selector);
        el.isContentEditable ? (el.textContent = text) : (el.value = text);
        send(selector, InputEvent, "input");
    }
    const stored = () => JSON.parse(localStorage.getItem("current_tour_recorder"));

    test("keeps what is done, but not what is done to it", async () => {
        click(".o_here");
        drag(".o_here", ".o_there");
        click(".o_text");
        type(".o_text", "An");
        type(".o_text", "Ann");
        type(".o_note", "Text");
        type(".o_choice", "Bob");
        send(".o_choice", KeyboardEvent, "keydown", { key: "Tab" });
        expect(stored()).toEqual([
            { trigger: ".o_here", run: "click" },
            { trigger: ".o_here", run: "drag_and_drop .o_there" },
            { trigger: ".o_text", run: "edit Ann" },
            { trigger: ".o_note[contenteditable='true']", run: "editor Text" },
            { trigger: ".o_choice", run: "edit Bob" },
            { trigger: ".o-autocomplete--dropdown-item > a:contains('Bob'), .fa-circle-o-notch", run: "click" },
        ]);
        await nextFrame();
        find(".o_button_delete_step").click();
        expect([stored().length, stored()[0].run]).toEqual([5, "drag_and_drop .o_there"]);
        click(".o_button_record");
        click(".o_there");
        expect(stored()).toHaveLength(5);
        expect(localStorage.getItem("current_tour_recorder.record")).toBe("false");
    });

    test("saves it as a tour", async () => {
        expect(find(".o_button_save").disabled).toBe(true);
        click(".o_here");
        await nextFrame();
        find(".o_button_save").click();
        await nextFrame();
        const [name, url] = document.querySelectorAll(".o_tour_recorder input");
        expect(url.value).toBe(browser.location.pathname);
        for (const [el, text] of [
            [name, "my first tour"],
            [url, "/odoo/x"],
        ]) {
            el.value = text;
            el.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        find(".o_button_save_confirm").click();
        await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
        const steps = [[0, 0, { trigger: ".o_here", run: "click", sequence: 0 }]];
        const values = { name: "my_first_tour", url: "/odoo/x", custom: true, step_ids: steps };
        expect(create).toHaveBeenCalledExactlyOnceWith("web_tour.tour", [values]);
        await vi.waitFor(() => expect(find(".o_tour_recorder")).toBe(null));
        expect(stored()).toBe(null);
    });
});
