/** Keys on the lines of a list, those that are read and those in edition. */
import { beforeEach, expect, test, vi } from "vitest";
import { useListKeyboard } from "@web/views/list/list_keyboard";

let lines, list, renderer, keyboard;

const rows = () => document.querySelectorAll("tr");

beforeEach(() => {
    document.body.innerHTML = `<table><tbody>${[1, 2]
        .map(
            (id) => `<tr><td class="o_data_cell" tabindex="0" id="r${id}"><input id="a${id}"></td>
            <td class="o_data_cell" tabindex="-1" id="s${id}"><input id="b${id}"></td></tr>`
        )
        .join("")}</tbody></table>`;
    lines = [1, 2].map((id) => ({ id, isInEdition: id === 1, isDirty: async () => true, switchMode: vi.fn() }));
    list = { records: lines, selection: [], leaveEditMode: vi.fn(async () => true) };
    renderer = {
        columns: ["first", "last"],
        creates: [{ type: "create", context: "{}" }],
        canCreate: true,
        virtualRows: { isBesideGap: () => false },
        cells: { clear: () => false, extendBy: vi.fn(), fillDown: vi.fn(), hasRange: false },
        hasSelectors: true,
        isMultiEditable: false,
        props: { list, editable: "bottom", onAdd: () => {}, archInfo: {}, openRecord: vi.fn() },
        isX2Many: true,
        add: vi.fn(),
        focusCell: vi.fn(),
        focusReadCell: vi.fn(),
        focusSearch: vi.fn(),
        render: vi.fn(),
        rendered: vi.fn(async () => {}),
        toggleRecordSelection: vi.fn(),
    };
    keyboard = useListKeyboard(renderer);
});

function press(key, id, line, options = {}) {
    const ev = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true, ...options });
    const el = document.getElementById(id);
    el.focus();
    Object.defineProperty(ev, "target", { value: el });
    keyboard.onKeydown(ev, { record: line, column: "first" });
    return ev.defaultPrevented;
}

test("tab goes through the fields of a line, then to the next one", async () => {
    expect(press("Tab", "a1", lines[0])).toBe(true);
    expect(document.activeElement.id).toBe("b1");
    expect(press("Tab", "a1", lines[0], { shiftKey: true })).toBe(true);
    expect(press("Tab", "b1", lines[0])).toBe(true);
    await vi.waitFor(() => expect(lines[1].switchMode).toHaveBeenCalledWith("edit"));
    expect(renderer.cellToFocus).toEqual({ column: "first", record: lines[1] });
});

test("a list in which the line cannot be left stays as it is", async () => {
    list.leaveEditMode.mockResolvedValue(false);
    press("Enter", "a1", lines[0]);
    await vi.waitFor(() => expect(list.leaveEditMode).toHaveBeenCalled());
    await vi.waitFor(() => expect(renderer.focusCell).toHaveBeenCalledWith("first"));
    expect(lines[1].switchMode).not.toHaveBeenCalled();
});

test("enter on the last line adds one, unless that is still empty or new ones come first", async () => {
    lines[1].isInEdition = true;
    press("Enter", "a2", lines[1]);
    await vi.waitFor(() => expect(renderer.add).toHaveBeenCalledWith({ context: "{}" }));
    lines[1].canBeAbandoned = true;
    press("Enter", "a2", lines[1]);
    await vi.waitFor(() => expect(renderer.rendered).toHaveBeenCalled());
    renderer.props.editable = "top";
    press("Enter", "a2", lines[1]);
    await vi.waitFor(() => expect(renderer.render).toHaveBeenCalled());
    expect(renderer.add).toHaveBeenCalledOnce();
});

test("enter keeps its meaning in texts of several lines; escape drops the changes", async () => {
    rows()[0].cells[0].innerHTML = "<textarea id='t'></textarea>";
    expect(press("Enter", "t", lines[0])).toBe(false);
    expect(press("Escape", "b1", lines[0])).toBe(true);
    expect(list.leaveEditMode).toHaveBeenCalledWith({ discard: true });
    await vi.waitFor(() => expect(renderer.render).toHaveBeenCalled());
});

test("lines that are read are walked, selected and opened", () => {
    lines[0].isInEdition = false;
    expect(press("ArrowDown", "r1", lines[0])).toBe(true);
    expect(document.activeElement.id).toBe("r2");
    lines[1].isInEdition = false;
    expect(press("ArrowRight", "r2", lines[1])).toBe(true);
    expect(document.activeElement.id).toBe("s2");
    press("ArrowUp", "s2", lines[1]);
    expect(document.activeElement.id).toBe("s1");
    press("ArrowUp", "s1", lines[0]);
    expect(renderer.focusSearch).toHaveBeenCalledOnce();
    press(" ", "r1", lines[0]);
    expect(renderer.toggleRecordSelection).toHaveBeenCalledWith(lines[0]);
    renderer.hasSelectors = false;
    expect(press(" ", "r1", lines[0])).toBe(false);
    expect(press("x", "r1", lines[0])).toBe(false);
    renderer.props.editable = false;
    press("Enter", "r1", lines[0]);
    expect(renderer.props.openRecord).toHaveBeenCalledWith(lines[0]);
});
