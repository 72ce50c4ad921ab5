/** Lists as their users laid them out: order, widths and choice of columns, kept by the server for the user. */
import { beforeEach, expect, test } from "vitest";
import { user } from "@web/core/user";
import { shareWidth } from "@web/views/list/column_width_hook";
import { afterThis, nextFrame } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const field = (name, type = "char") => ({ name, type, string: name.toUpperCase(), sortable: true });
const models = () => ({
    thing: {
        fields: { id: field("id", "integer"), a: field("a"), b: field("b"), c: field("c"), n: field("n", "integer") },
        records: [1, 2].map((id) => ({ id, a: `a${id}`, b: `b${id}`, c: `c${id}`, n: id })),
    },
});
const ARCH = `<list><field name="n" widget="handle"/><field name="a"/><button name="x" type="object" string="X"/>
    <field name="b"/><field name="c" optional="hide"/></list>`;

beforeEach(() => {
    const { list_layouts: before, id } = user.settings;
    user.updateUserSettings("id", 5);
    user.updateUserSettings("list_layouts", {});
    afterThis(() => {
        localStorage.clear();
        user.updateUserSettings("list_layouts", before);
        user.updateUserSettings("id", id);
    });
});

const show = (arch = ARCH) => mountView({ resModel: "thing", arch }, models());
const names = (target) => [...target.querySelectorAll("thead th[data-name]")].map((th) => th.dataset.name);
const header = (target, name) => target.querySelector(`th[data-name='${name}']`);
const sent = (calls) =>
    calls.filter(({ params }) => params.method === "set_list_layout").map(({ params }) => params.args);

function drag(el, kind) {
    const { left, top } = el.getBoundingClientRect();
    const ev = new DragEvent(kind, {
        bubbles: true,
        cancelable: true,
        dataTransfer: new DataTransfer(),
        clientX: left + 2,
        clientY: top + 2,
    });
    el.dispatchEvent(ev);
    return ev;
}

test("a column is dragged to another place, for this user and this list", async () => {
    const { target, calls } = await show();
    await count(target, ".o_data_row", 2);
    expect(names(target)).toEqual(["n", "a", "b"]);
    expect(header(target, "n").draggable).toBe(false);
    drag(header(target, "b"), "dragstart");
    expect(drag(header(target, "a"), "dragover").defaultPrevented).toBe(true);
    expect(header(target, "a").className).toContain("o_column_target");
    drag(header(target, "a"), "drop");
    drag(header(target, "b"), "dragend");
    await until(() => names(target).join() === "n,b,a");
    expect(target.querySelector(".o_data_row td:nth-last-child(3)").textContent).not.toBe("");
    await until(() => sent(calls).length);
    expect(sent(calls)).toEqual([[[5], "thing,list", { columns: ["b", "a"] }]]);
    const again = await show();
    expect(names(again.target)).toEqual(["n", "b", "a"]);
    const other = await show(`<list><field name="b"/><field name="c"/><field name="a"/></list>`);
    expect(names(other.target)).toEqual(["b", "c", "a"]);
});

test("the column with the focus is moved by keys", async () => {
    const { target } = await show(`<list><field name="a"/><field name="b"/></list>`);
    const [cell] = await count(target, ".o_data_row td[name='a']", 2);
    cell.focus();
    const press = (key) =>
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, altKey: true, shiftKey: true, bubbles: true, cancelable: true })
        );
    press("ArrowRight");
    await until(() => names(target).join() === "b,a" && document.activeElement.getAttribute("name") === "a");
    press("ArrowLeft");
    await until(() => names(target).join() === "a,b");
});

test("what is shown is the same on all devices, and can be taken back", async () => {
    const { target, calls } = await show();
    target.querySelector(".o_optional_columns_dropdown").click();
    const [box] = await count(document.body, ".o_optional_columns_menu input[name='c']", 1);
    box.click();
    await until(() => names(target).includes("c"));
    await until(() => sent(calls).length);
    expect(sent(calls)[0][2]).toEqual({ optional: { c: true } });
    localStorage.clear();
    const { target: elsewhere, calls: later } = await show();
    expect(names(elsewhere)).toContain("c");
    elsewhere.querySelector(".o_optional_columns_dropdown").click();
    await until(() => document.querySelectorAll(".o_reset_columns").length);
    [...document.querySelectorAll(".o_reset_columns")].at(-1).click();
    await until(() => !names(elsewhere).includes("c"));
    await until(() => sent(later).length);
    expect(sent(later)[0]).toEqual([[5], "thing,list", {}]);
    expect(user.settings.list_layouts).toEqual({});
});

test("a width that was chosen stays", async () => {
    user.updateUserSettings("list_layouts", { "thing,list": { widths: { a: 321 } } });
    const { target, calls } = await show();
    await count(target, ".o_data_row", 2);
    await until(() => header(target, "a").style.width === "321px");
    const handle = header(target, "b").querySelector(".o_resize");
    const before = header(target, "b").offsetWidth;
    // a pointer that does not exist cannot be captured
    handle.setPointerCapture = () => {};
    const pointer = (kind, clientX) =>
        handle.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, clientX }));
    pointer("pointerdown", 100);
    pointer("pointermove", 150);
    pointer("lostpointercapture", 150);
    await until(() => sent(calls).length);
    expect(sent(calls)[0][2].widths).toEqual({ a: 321, b: expect.any(Number) });
    expect(sent(calls)[0][2].widths.b).toBeGreaterThanOrEqual(before + 50);
    expect(texts(target, "thead th[data-name='a']")).toEqual(["A"]);
    await nextFrame();
    expect(shareWidth([{ natural: 10, least: 321, most: 321 }], 900)[0]).toBeGreaterThanOrEqual(321);
});
