/** Selectors and actions of tours. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { perform } from "../../addons/web/static/tests/tours/tour_actions.js";
import { queryAll } from "../../addons/web/static/tests/tours/tour_selectors.js";

const PAGE = `
    <div class="card" id="a"><b>Red</b> <button>Save</button></div>
    <div class="card" id="b"><b>Blue, "dark"</b> <button disabled>Save</button></div>
    <div class="card" id="c" style="display: none"><b>Green</b></div>
    <input id="name" value="Ann"/> <input id="done" type="checkbox"/>
    <select id="color"><option value="r">Red</option><option value="b">Blue</option></select>
    <div id="note" contenteditable="true">Old</div>`;

const ids = (selector) => queryAll(selector).map((el) => el.id || el.parentElement.id);
const find = (selector) => document.querySelector(selector);

beforeEach(() => {
    document.body.innerHTML = PAGE;
});

describe("selectors", () => {
    test.each([
        [".card", "a b c"],
        [".card:visible", "a b"],
        [".card:hidden", "c"],
        [".card:contains(red)", ""],
        [".card:contains(Red)", "a"],
        [".card:contains('Blue, \"dark\"') button", "b"],
        [".card:not(:contains(Red)):visible", "b"],
        [".card:not(#a)", "b c"],
        [".card:has(button:enabled)", "a"],
        [".card:has(b:contains(Green))", "c"],
        [".card:first > b:text(Red)", "a"],
        [".card:last, .card:eq(1)", "c b"],
        [".card button:disabled", "b"],
        ["#a + .card, #a ~ #c", "b c"],
        ["input:value(Ann)", "name"],
        [".card:count(3)", "a b c"],
        [".card:only", ""],
        ["#name:only", "name"],
    ])("%s", (selector, expected) => {
        expect(ids(selector).join(" ")).toBe(expected);
    });
});

describe("actions", () => {
    test("a click has the events of a person's", async () => {
        const seen = [];
        for (const name of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
            document.body.addEventListener(name, (ev) => seen.push(ev.type), { once: true });
        }
        await perform("click", find("#a button"));
        expect(seen).toEqual(["pointerdown", "mousedown", "pointerup", "mouseup", "click"]);
        expect(document.activeElement).toBe(find("#a button"));
    });

    test("inputs are edited, filled and cleared", async () => {
        const input = find("#name");
        const changed = vi.fn();
        input.addEventListener("change", changed);
        await perform("edit Bob", input);
        await perform("fill by", input);
        expect(input.value).toBe("Bobby");
        await perform("clear", input);
        expect(input.value).toBe("");
        expect(changed).toHaveBeenCalledTimes(3);
        await perform("edit(Cy (the son))", input);
        expect(input.value).toBe("Cy (the son)");
    });

    test("TOUR-14: only texts of an editor are written into like that", async () => {
        const note = find("#note");
        await expect(perform("editor New", note)).rejects.toThrow("odoo-editor-editable");
        note.classList.add("odoo-editor-editable");
        const typed = vi.fn();
        note.addEventListener("input", typed);
        await perform("editor New", note);
        expect([note.textContent, typed.mock.calls.length]).toEqual(["New", 1]);
    });

    test("TOUR-14: things are dropped on the top of what is waited for", async () => {
        const seen = [];
        const dropped = drag();
        async function drag() {
            await new Promise((resolve) => setTimeout(resolve, 50));
            const place = document.createElement("div");
            Object.assign(place, { id: "place", style: "height: 100px; width: 100px" });
            place.addEventListener("pointerup", (ev) => seen.push(ev.clientY - place.getBoundingClientRect().top));
            document.body.append(place);
        }
        await perform("drag_and_drop #place", find("#a"));
        await dropped;
        expect(seen).toHaveLength(1);
        expect(seen[0]).toBeLessThan(10);
        await expect(perform("drag_and_drop #elsewhere", find("#a"))).rejects.toThrow("500 ms");
    });

    test("TOUR-14: keys are pressed together", async () => {
        const keys = [];
        document.body.addEventListener("keydown", (ev) => keys.push([ev.key, ev.ctrlKey]));
        find("#name").focus();
        await perform("press ctrl+Enter && press a", find("#name"));
        expect(keys.slice(1)).toEqual([
            ["Enter", true],
            ["a", false],
        ]);
    });

    test("boxes and choices", async () => {
        await perform("check", find("#done"));
        await perform("check", find("#done"));
        expect(find("#done").checked).toBe(true);
        await perform("uncheck", find("#done"));
        expect(find("#done").checked).toBe(false);
        await perform("selectByLabel Blue", find("#color"));
        expect(find("#color").value).toBe("b");
        await perform("select r && press ctrl+Enter", find("#color"));
        expect(find("#color").value).toBe("r");
        await expect(perform("select x", find("#color"))).rejects.toThrow("no option x");
    });

    test("TOUR-13: selectors in the place of the element", async () => {
        await perform("check #done && uncheck(#done) && check(#done)", find("#a"));
        expect(find("#done").checked).toBe(true);
        await perform("clear #name", find("#a"));
        expect(find("#name").value).toBe("");
        await perform(async function ({ anchor, edit }) {
            expect([this.anchor.id, anchor.id]).toEqual(["a", "a"]);
            await edit("Ann", "#name");
        }, find("#a"));
        expect(find("#name").value).toBe("Ann");
        await perform("selectByIndex 1", find("#color"));
        expect(find("#color").value).toBe("b");
    });

    test("functions get the helpers; other words are refused", async () => {
        await perform((helpers) => helpers.click("#done"), find("#a"));
        expect(find("#done").checked).toBe(true);
        await expect(perform("jump", find("#a"))).rejects.toThrow("cannot jump");
        await expect(perform("_target x", find("#a"))).rejects.toThrow();
        await expect(perform("click #nowhere", find("#a"))).rejects.toThrow("#nowhere");
    });
});
