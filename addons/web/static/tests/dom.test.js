/** What tests find on the page and do to it. */

import { describe, expect, getFixture, test } from "@odoo/hoot";
import {
    check,
    clear,
    click,
    dblclick,
    drag,
    edit,
    fill,
    hover,
    keyDown,
    on,
    pointerDown,
    press,
    queryAll,
    queryAllAttributes,
    queryAllTexts,
    queryFirst,
    queryOne,
    queryRect,
    queryText,
    queryValue,
    select,
    setInputFiles,
    uncheck,
    waitFor,
    waitForNone,
    waitUntil,
} from "@odoo/hoot-dom";
import { Component, useState, xml } from "@odoo/owl";
import { contains, defineStyle, mountWithCleanup } from "@web/../tests/web_test_helpers";

/** Show elements, and note some of their events as steps. */
function show(html, events = "", selector = "*") {
    const fixture = getFixture();
    fixture.innerHTML = html;
    for (const el of fixture.querySelectorAll(selector)) {
        events
            .split(" ")
            .filter(Boolean)
            .forEach((type) => on(el, type, (ev) => expect.step(ev.key ? `${type} ${ev.key}` : type)));
    }
    return fixture;
}

describe("S80: queries", () => {
    test("by CSS, text, position and what can be seen", () => {
        show("<ul><li class='a'>one</li><li data-x='2'>two</li><li style='display: none'>three</li></ul>");
        expect(queryAllTexts("li:visible")).toEqual(["one", "two"]);
        expect(queryText("li:contains(two)")).toBe("two");
        expect(queryAllAttributes("li", "data-x")).toEqual([null, "2", null]);
        expect(queryAll("li", { count: 3 })).toHaveLength(3);
        expect(() => queryOne("li")).toThrow(/3 elements "li", and not 1/);
        expect(queryFirst("p")).toBe(null);
        expect(queryRect("ul").width).toBeGreaterThan(100);
        expect("li:eq(1)").toHaveText("two");
        expect("li:first").toHaveClass("a");
        expect("ul li").toHaveCount(3);
        expect("li:last").not.toBeVisible();
    });

    test("what is there by and by", async () => {
        const fixture = show("<p>one</p>");
        setTimeout(() => (fixture.innerHTML = "<b>late</b>"), 30);
        expect(await waitFor("b")).toHaveText("late");
        await waitForNone("p");
        expect(await waitUntil(() => fixture.querySelector("b").textContent)).toBe("late");
        await expect(waitFor("i", { timeout: 10 })).rejects.toThrow(/There was no "i"/);
    });
});

describe("S80: actions", () => {
    test("the mouse", async () => {
        show("<button>go</button>", "pointerdown mousedown focus pointerup mouseup click dblclick", "button");
        await click("button");
        expect.verifySteps(["pointerdown", "mousedown", "focus", "pointerup", "mouseup", "click"]);
        expect("button").toBeFocused();
        await dblclick("button");
        expect.verifySteps([
            ...["pointerdown", "mousedown", "pointerup", "mouseup", "click"],
            ...["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick"],
        ]);
        show("<a>one</a><b>two</b>", "mouseenter mouseleave", "a, b");
        await hover("a");
        await hover("b");
        expect.verifySteps(["mouseenter", "mouseleave", "mouseenter"]);
        show("<button disabled>no</button>", "click", "button");
        await click("button");
        expect.verifySteps([]);
    });

    test("the keyboard", async () => {
        show("<input value='ab'><textarea></textarea>", "keydown input change", "input");
        await click("input");
        await fill("c");
        expect("input").toHaveValue("abc");
        expect.verifySteps(["keydown c", "input"]);
        await edit("xy", { confirm: "enter" });
        expect(queryValue("input")).toBe("xy");
        expect.verifySteps(["keydown x", "input", "keydown y", "input", "keydown Enter", "change"]);
        await press("Backspace");
        await press("Tab");
        expect("textarea").toBeFocused();
        expect.verifySteps(["keydown Backspace", "input", "keydown Tab", "change"]);
        await edit("one\ntwo");
        expect("textarea").toHaveValue("one\ntwo");
        await clear();
        expect("textarea").toHaveValue("");
        show("<input>", "keydown", "input");
        on("input", "keydown", (ev) => ev.ctrlKey && expect.step("with ctrl"));
        await pointerDown("input");
        await press(["ctrl", "s"]);
        await keyDown("shift");
        expect.verifySteps(["keydown Control", "with ctrl", "keydown s", "with ctrl", "keydown Shift"]);
    });

    test("boxes, choices and files", async () => {
        show(`<input type="checkbox"><select><option value="1">a</option><option value="2">b</option></select>
            <input type="file">`);
        await check("input[type=checkbox]");
        expect("input[type=checkbox]").toBeChecked();
        await uncheck("input[type=checkbox]");
        expect("input[type=checkbox]").not.toBeChecked();
        await click("select");
        await select("2");
        expect("select").toHaveValue("2");
        await expect(select("3")).rejects.toThrow(/no choice "3"/);
        await setInputFiles(new File(["x"], "x.txt"));
        expect("input[type=file]").toHaveValue(["x.txt"]);
    });

    test("dragging", async () => {
        show("<div id='a'>a</div><div id='b'>b</div>", "pointerdown pointerup", "div");
        const { moveTo, drop } = await drag("#a");
        await moveTo("#b");
        await drop();
        expect.verifySteps(["pointerdown", "pointerup"]);
        show("<div id='a' draggable='true'>a</div><div id='b'>b</div>", "dragstart drop dragend", "div");
        await (await drag("#a")).drop("#b");
        expect.verifySteps(["dragstart", "drop", "dragend"]);
    });
});

describe("S85: actions that wait", () => {
    class Form extends Component {
        static props = ["*"];
        static template = xml`
            <div class="form">
                <input type="text" t-model="state.text"/>
                <button t-on-click="() => this.state.count++"><t t-esc="state.count"/></button>
                <p t-if="state.count"><t t-esc="state.text"/></p>
                <input type="checkbox" t-model="state.done"/>
                <select t-model="state.choice"><option value="a"/><option value="b"/></select>
            </div>`;
        setup() {
            this.state = useState({ text: "", count: 0, done: false, choice: "a" });
        }
    }

    test("the element is waited for, and what follows is drawn", async () => {
        const form = await mountWithCleanup(Form);
        await contains(".form input").edit("words");
        setTimeout(() => (form.state.count = 4), 40);
        await contains("p").click();
        expect("p").toHaveText("words");
        await contains("button").click();
        expect("button").toHaveText("5");
        await contains("input[type=checkbox]").check();
        await contains("select").select("b");
        expect(form.state).toMatchObject({ done: true, choice: "b" });
        await contains(".form input").clear();
        expect(form.state.text).toBe("");
        await expect(contains(".nothing").click()).rejects.toThrow(/There was no ".nothing"/);
    });

    test("styles", async () => {
        await mountWithCleanup(Form);
        defineStyle("button { color: rgb(255, 0, 0); }");
        expect("button").toHaveStyle({ color: "rgb(255, 0, 0)" });
    });
});
