/** Modules of core that addons import: what they do. */
import { beforeEach, expect, test, vi } from "vitest";
import { Component, useRef, xml } from "@odoo/owl";
import { DateTime } from "luxon";
import { shallowEqual } from "@web/core/utils/arrays";
import { resizeTextArea, useAutoresize } from "@web/core/utils/autoresize";
import { makeRAMLocalStorage } from "@web/core/browser/browser";
import { cookie } from "@web/core/browser/cookie";
import { addClassesToElement, mergeClasses } from "@web/core/utils/classname";
import { useSortable as useAnySortable } from "@web/core/utils/sortable";
import { useSortable } from "@web/core/utils/sortable_owl";
import { useNestedSortable } from "@web/core/utils/nested_sortable";
import { useDraggable } from "@web/core/utils/draggable";
import { useDateTimePicker } from "@web/core/datetime/datetime_hook";
import { applyInheritance } from "@web/core/template_inheritance";
import { getTemplate, registerTemplate, registerTemplateExtension, setUrlFilters } from "@web/core/templates";
import { formatList } from "@web/core/l10n/utils/format_list";
import { clampDate, is24HourFormat, isMeridiemFormat } from "@web/core/l10n/dates";
import { evalDomain } from "@web/core/domain";
import { completeUncaughtError, formatTraceback, getErrorTechnicalName } from "@web/core/errors/error_utils";
import { Macro } from "@web/core/macro";
import { bp } from "@web/core/py_js/py_parser";
import { execOnIterable } from "@web/core/py_js/py_builtin";
import { getLastConnectedUsers, rememberUser, setLastConnectedUsers } from "@web/core/user";
import { UserSwitch } from "@web/core/user_switch/user_switch";
import { ResizablePanel } from "@web/core/resizable_panel/resizable_panel";
import { useEnrichWithActionLinks } from "@web/webclient/actions/reports/report_hook";
import { computeAppsAndMenuItems, reorderApps } from "@web/webclient/menus/menu_helpers";
import { makeTestEnv, mount, nextFrame } from "./mount";

const parse = (text) => new DOMParser().parseFromString(text, "text/xml").documentElement;

test("lists, classes and lists of texts", () => {
    expect(shallowEqual([1, 2], [1, 2])).toBe(true);
    expect(shallowEqual([1, 2], [1, 3])).toBe(false);
    expect(shallowEqual([{ id: 1 }], [{ id: 1 }], (a, b) => a.id === b.id)).toBe(true);
    expect(mergeClasses("a b", ["c", { "d e": false }], undefined, { a: false })).toEqual({
        a: false,
        b: true,
        c: true,
        d: false,
        e: false,
    });
    const el = document.createElement("div");
    el.className = "d z";
    addClassesToElement(el, "a", { d: false });
    expect(el.className).toBe("z a");
    expect(formatList(["a", "b", "c"], { localeCode: "en-US" })).toBe("a, b, and c");
    expect(formatList(["a", "b"], { localeCode: "fr-FR", style: "or" })).toBe("a ou b");
    expect(execOnIterable({ a: 1 }, (items) => items)).toEqual(["a"]);
    expect(bp("*") > bp("+") && bp("+") > bp("==") && bp("==") > bp("and") && bp("x") === 0).toBe(true);
});

test("dates, truths and storages", () => {
    const day = (number) => DateTime.fromObject({ year: 2025, month: 3, day: number });
    expect(clampDate(day(9), day(1), day(5)).day).toBe(5);
    expect(clampDate(day(1), day(2), day(5)).day).toBe(2);
    expect(is24HourFormat("HH:mm") && !is24HourFormat("hh:mm a")).toBe(true);
    expect(isMeridiemFormat("hh:mm a") && !isMeridiemFormat("HH:mm 'a'")).toBe(true);
    expect(evalDomain(true, {})).toBe(true);
    expect(evalDomain([["a", "=", 2]], { a: 2 })).toBe(true);
    expect(evalDomain("[('a', '=', 2)]", { a: 1 })).toBe(false);
    const storage = makeRAMLocalStorage();
    storage.setItem("a", 1);
    expect([storage.getItem("a"), storage.length, storage.key(0), storage.getItem("b")]).toEqual(["1", 1, "a", null]);
    setLastConnectedUsers([{ login: "dana" }]);
    expect(getLastConnectedUsers()).toEqual([{ login: "dana" }]);
});

test("X52: who worked here is proposed where people log in, until he is forgotten", async () => {
    setLastConnectedUsers([]);
    expect(cookie.get("known_users")).toBe(undefined);
    rememberUser({ login: "dana", name: "Dana", userId: 7, partnerId: 3 }, "db");
    rememberUser({ login: "ben", name: "Ben", userId: 8, partnerId: 4 }, "db");
    rememberUser({ login: "dana", name: "Dana D.", userId: 7, partnerId: 3 }, "db");
    expect(cookie.get("known_users")).toBe("1");
    const form = document.createElement("form");
    form.className = "oe_login_form";
    form.innerHTML = `<input name="login"/><input name="password"/>`;
    document.body.append(form);
    const page = await mount(UserSwitch);
    const [login, password] = form.querySelectorAll("input");
    expect([...page.querySelectorAll(".o_user_switch_names")].map((el) => el.textContent)).toEqual([
        "Dana D.dana",
        "Benben",
    ]);
    page.querySelectorAll(".o_user_switch_choice")[1].click();
    await nextFrame();
    expect([login.value, document.activeElement]).toEqual(["ben", password]);
    expect(page.querySelector("[aria-pressed=true]").textContent).toContain("Ben");
    for (const left of [1, 0]) {
        page.querySelector(".o_user_switch_forget").click();
        await expect.poll(() => page.querySelectorAll(".o_user_switch_user").length).toBe(left);
    }
    expect([getLastConnectedUsers(), cookie.get("known_users")]).toEqual([[], undefined]);
    expect(page.querySelector(".o_user_switch")).toBe(null);
    form.remove();
});

test("errors say what they are, and what they come from", async () => {
    class OddError extends Error {}
    const error = new OddError("nothing goes", { cause: new Error("deep") });
    expect(getErrorTechnicalName(error)).toBe("OddError");
    expect(formatTraceback(error)).toMatch(/^OddError: nothing goes\n\s*at /);
    const uncaught = new Error("Uncaught");
    await completeUncaughtError(uncaught, error);
    expect(uncaught.message).toBe("Uncaught > nothing goes");
    expect(uncaught.traceback).toMatch(/deep/);
});

test("X1: templates are changed by others and inherit from each other", () => {
    const ends = [
        registerTemplate("t.base", "/a/base.xml", "<t><div class='x y'><b/><i name='n'/></div></t>"),
        registerTemplate(
            "t.copy",
            "/a/copy.xml",
            "<t t-inherit='t.base' t-inherit-mode='primary'><xpath expr='//b' position='replace'><u/></xpath></t>"
        ),
        registerTemplateExtension(
            "t.base",
            "/b/extension.xml",
            `<t><xpath expr="//div[hasclass('y x')]" position="attributes"><attribute name="class" add="z" remove="y" separator=" "/></xpath></t>`
        ),
    ];
    expect(getTemplate("t.base").innerHTML).toBe('<div class="x z"><b/><i name="n"/></div>');
    expect(getTemplate("t.copy").innerHTML).toBe('<div class="x z"><u/><i name="n"/></div>');
    expect(() => registerTemplate("t.base", "/c/other.xml", "<p/>")).toThrow(/t\.base already, of \/a\/base\.xml/);
    setUrlFilters([(url) => !url.startsWith("/b/")]);
    expect(getTemplate("t.base").firstChild.getAttribute("class")).toBe("x y");
    setUrlFilters([]);
    ends.forEach((end) => end());
    expect(getTemplate("t.base")).toBe(undefined);
});

test("X1: positions of changes, and changes that have no place", () => {
    const changed = (operations, source = "<t><a/><b><c/></b></t>") =>
        applyInheritance(parse(source), parse(`<t>${operations}</t>`), "/some/file.xml").outerHTML;
    expect(changed("<a position='after'><x/></a>")).toBe("<t><a/><x/><b><c/></b></t>");
    expect(changed("<xpath expr='/t/b' position='before'><x/></xpath>")).toBe("<t><a/><x/><b><c/></b></t>");
    expect(changed("<xpath expr='b' position='inside'><x/></xpath>")).toBe("<t><a/><b><c/><x/></b></t>");
    expect(changed("<b position='replace' mode='inner'><x/></b>")).toBe("<t><a/><b><x/></b></t>");
    expect(changed("<b position='replace'><x>$0</x></b>")).toBe("<t><a/><x><b><c/></b></x></t>");
    expect(changed("<a position='before'><b position='move'/></a>")).toBe("<t><b><c/></b><a/></t>");
    expect(changed("<b position='attributes'><attribute name='k'>v</attribute></b>")).toBe(
        '<t><a/><b k="v"><c/></b></t>'
    );
    expect(changed("<xpath expr='/t' position='replace'><s>new</s></xpath>")).toBe("<s>new</s>");
    expect(() => changed("<q position='after'/>")).toThrow(/no element.*<q position="after"\/> \(\/some\/file\.xml\)/);
    expect(() => changed("<a position='beside'/>")).toThrow(/"beside" is no position/);
});

test("a macro does its steps when their elements are there, and says which one waits in vain", async () => {
    const told = [];
    const done = new Promise((resolve) => {
        new Macro({
            steps: [
                { action: () => setTimeout(() => document.body.append(Object.assign(button, { id: "late" }))) },
                { trigger: "#late", action: "click" },
                { trigger: () => document.querySelector("#late"), action: (el) => el.remove() },
            ],
            onStep: (step, el, index) => told.push(index),
            onComplete: resolve,
        }).start();
    });
    const button = document.createElement("button");
    button.textContent = "late";
    button.addEventListener("click", () => told.push("clicked"));
    await done;
    expect(told).toEqual([0, 1, "clicked", 2]);
    const error = await new Promise((resolve) => {
        new Macro({ name: "m", steps: [{ trigger: "#never" }], timeout: 20, onError: resolve }).start();
    });
    expect(error.message).toMatch(/"m": step 0 waited 20 ms for #never/);
});

// --- dragging -------------------------------------------------------------------------------------------------------

function pointer(type, el, [x, y]) {
    const init = { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, pointerType: "mouse" };
    el.dispatchEvent(new PointerEvent(type, init));
}

const middle = (el) => {
    const { x, y, width, height } = el.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
};

async function drag(el, to) {
    pointer("pointerdown", el, middle(el));
    for (const place of to) {
        pointer("pointermove", window, place);
        await nextFrame();
    }
    pointer("pointerup", window, to.at(-1));
    await nextFrame();
}

const LISTS = xml`
    <div t-ref="root" style="position: fixed; top: 0; left: 0; width: 200px; background: white">
        <ul t-foreach="['one', 'two']" t-as="list" t-key="list" t-att-id="list" style="margin: 0; padding: 0; min-height: 60px">
            <li t-foreach="list === 'one' ? [1, 2, 3] : [4]" t-as="item" t-key="item" t-att-data-id="item" style="height: 30px">
                <span class="handle">=</span><t t-esc="item"/>
            </li>
        </ul>
    </div>`;

let calls;
beforeEach(() => (calls = []));

function listsWith(hook, params) {
    return class extends Component {
        static template = LISTS;
        static props = {};
        setup() {
            hook({ ref: useRef("root"), elements: "li", ...params });
        }
    };
}

const ids = ({ element, previous, next, parent }) =>
    [element, previous, next].map((el) => el?.dataset.id ?? null).concat(parent?.id ?? null);

test("X54: elements are sorted, inside a list and between lists", async () => {
    const params = {
        groups: "ul",
        connectGroups: true,
        onDragStart: ({ element }) => calls.push(["start", element.dataset.id]),
        onDrop: (place) => calls.push(ids(place)),
        onDragEnd: () => calls.push("end"),
    };
    const place = await mount(listsWith(useSortable, params));
    const item = (id) => place.querySelector(`[data-id="${id}"]`);
    const below = ([x, y]) => [x, y + 10];
    await drag(item(1), [below(middle(item(2))), below(middle(item(2)))]);
    expect(calls).toEqual([["start", "1"], ["1", "2", "3", "one"], "end"]);
    expect(place.querySelectorAll(".o_dragged, .o_sortable_placeholder").length).toBe(0);
    calls = [];
    await drag(item(3), [below(middle(item(4))), below(middle(item(4)))]);
    expect(calls[1]).toEqual(["3", "4", null, "two"]);
    calls = [];
    // back where it was, and a way that is too short
    await drag(item(1), [below(middle(item(2))), middle(item(1))]);
    expect(calls.at(-1)).toBe("end");
    calls = [];
    await drag(item(1), [[middle(item(1))[0] + 3, middle(item(1))[1]]]);
    expect(calls).toEqual([]);
});

test("X54: handles, what is ignored, Escape, and parameters nobody knows", async () => {
    const params = { handle: ".handle", onDragStart: () => calls.push("start"), onDrop: () => calls.push("drop") };
    const place = await mount(listsWith(useSortable, params));
    const item = place.querySelector("li");
    await drag(item, [[150, 60]]);
    expect(calls).toEqual([]);
    const handle = item.querySelector(".handle");
    pointer("pointerdown", handle, middle(handle));
    pointer("pointermove", window, [100, 80]);
    await nextFrame();
    expect(calls).toEqual(["start"]);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    pointer("pointerup", window, [100, 80]);
    expect(calls).toEqual(["start"]);
    expect(() => useAnySortable({ ref: { el: null }, elements: "li", onDorp: () => {} })).toThrow(
        "useSortable does not know: onDorp"
    );
});

test("X53: elements are dragged, and who drags is told", async () => {
    const params = { onDrag: ({ x }) => calls.push(x), onDrop: ({ element }) => calls.push(element.dataset.id) };
    const place = await mount(listsWith(useDraggable, params));
    const item = place.querySelector("li");
    await drag(item, [[150, 90]]);
    expect(calls.at(-1)).toBe("1");
    expect(calls).toContain(150);
});

test("X53: elements of a tree change their parents", async () => {
    class Tree extends Component {
        static template = xml`
            <ul t-ref="root" style="position: fixed; top: 0; left: 0; width: 300px; margin: 0; background: white">
                <li data-id="1" style="min-height: 30px">1</li>
                <li data-id="2" style="min-height: 30px">2</li>
            </ul>`;
        static props = {};
        setup() {
            useNestedSortable({
                ref: useRef("root"),
                elements: "li",
                nest: true,
                maxLevels: 2,
                onDrop: ({ element, previous, parent }) =>
                    calls.push([element, previous, parent].map((el) => el?.dataset.id ?? null)),
            });
        }
    }
    const place = await mount(Tree);
    const second = place.querySelector("[data-id='2']");
    const [x, y] = middle(second);
    await drag(second, [
        [x + 12, y],
        [x + 40, y],
    ]);
    expect(calls).toEqual([["2", null, "1"]]);
});

// --- components -----------------------------------------------------------------------------------------------------

test("an area is as high as its text", async () => {
    class Area extends Component {
        static template = xml`<textarea t-ref="area" style="width: 200px" rows="1"/>`;
        static props = {};
        setup() {
            useAutoresize(useRef("area"));
        }
    }
    const place = await mount(Area);
    const area = place.querySelector("textarea");
    const before = area.offsetHeight;
    area.value = "a\nb\nc\nd";
    area.dispatchEvent(new InputEvent("input"));
    expect(area.offsetHeight).toBeGreaterThan(before);
    resizeTextArea(area, { minimumHeight: 300 });
    expect(area.style.height).toBe("300px");
});

test("a panel is made wider by mouse and keyboard, and never too narrow", async () => {
    class Page extends Component {
        static template = xml`<ResizablePanel initialWidth="200" minWidth="150" onResize="props.onResize"><p>in</p></ResizablePanel>`;
        static components = { ResizablePanel };
        static props = ["onResize"];
    }
    const onResize = vi.fn();
    const place = await mount(Page, { props: { onResize } });
    const handle = place.querySelector("[role=separator]");
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    expect(onResize).toHaveBeenLastCalledWith(220);
    pointer("pointerdown", handle, [220, 5]);
    pointer("pointermove", document, [20, 5]);
    pointer("pointerup", document, [20, 5]);
    expect(onResize).toHaveBeenLastCalledWith(150);
});

test("X14: inputs have a calendar", async () => {
    await import("@web/core/datetime/datetimepicker_service");
    class Form extends Component {
        static template = xml`<input t-ref="start-date" class="date"/>`;
        static props = {};
        setup() {
            useDateTimePicker({
                pickerProps: () => ({ type: "date", value: DateTime.fromISO("2025-03-05") }),
                onApply: (value) => calls.push(value.toISODate()),
            });
        }
    }
    const env = await makeTestEnv(["datetime_picker", "ui", "hotkey"]);
    const place = await mount(Form, { env });
    const input = place.querySelector("input");
    expect(input.value).toMatch(/05/);
    input.click();
    const day = await vi.waitUntil(() =>
        [...document.querySelectorAll(".o_datetime_picker .o_date_item_cell")].find(
            (cell) => cell.textContent.trim() === "18"
        )
    );
    day.click();
    await vi.waitUntil(() => !document.querySelector(".o_datetime_picker"));
    expect(calls).toEqual(["2025-03-18"]);
});

// --- web client -----------------------------------------------------------------------------------------------------

test("X93: applications and entries of menus, and an order of one's own", () => {
    const leaf = { id: 3, name: "Orders", appID: 1, actionID: 9, actionPath: "sales", childrenTree: [] };
    const group = { id: 2, name: "Work", appID: 1, childrenTree: [leaf] };
    const first = { id: 1, name: "Sales", appID: 1, xmlid: "a.sales", actionID: 9, childrenTree: [group] };
    const second = { id: 5, name: "Apps", appID: 5, xmlid: "a.apps", actionID: 4, childrenTree: [] };
    const { apps, menuItems } = computeAppsAndMenuItems({ id: "root", childrenTree: [first, second] });
    expect(apps.map(({ label, href }) => [label, href])).toEqual([
        ["Sales", "/odoo/action-9"],
        ["Apps", "/odoo/action-4"],
    ]);
    expect(menuItems).toMatchObject([{ label: "Orders", parents: "Sales / Work", href: "/odoo/sales", appID: 1 }]);
    reorderApps(apps, ["a.apps"]);
    expect(apps.map(({ label }) => label)).toEqual(["Apps", "Sales"]);
});

test("X88: reports open the records that they name", async () => {
    class Report extends Component {
        static template = xml`<div t-ref="page"><a res-model="res.partner" res-id="7">Dana</a></div>`;
        static props = {};
        setup() {
            useEnrichWithActionLinks(useRef("page"));
        }
    }
    const doAction = vi.fn();
    const place = await mount(Report, { env: await makeTestEnv([], { action: { doAction } }) });
    place.querySelector("a").click();
    expect(doAction.mock.calls[0][0]).toMatchObject({ res_model: "res.partner", res_id: 7, views: [[false, "form"]] });
});
