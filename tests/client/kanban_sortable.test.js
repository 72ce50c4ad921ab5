/** Cards that are dragged with the mouse. */
import { expect, test, vi } from "vitest";
import { Component, mount, useRef, xml } from "@odoo/owl";
import { useKanbanSortable } from "@web/views/kanban/kanban_sortable";

class Board extends Component {
    static props = ["list"];
    static template = xml`
        <div t-ref="root" style="display: flex; width: 400px">
            <div t-foreach="props.list.groups" t-as="group" t-key="group.id" class="o_kanban_group"
                t-att-data-id="group.id" style="width: 200px; height: 200px">
                <article t-foreach="group.list.records" t-as="card" t-key="card.id" class="o_kanban_record"
                    t-att-data-id="card.id" style="height: 40px"><button class="b">x</button></article>
            </div>
        </div>`;

    setup() {
        this.rootRef = useRef("root");
        this.canMoveRecords = true;
        useKanbanSortable(this);
    }
}

async function openBoard() {
    document.body.replaceChildren();
    const group = (id, cards) => ({ id, list: { records: cards.map((card) => ({ id: card })) } });
    const list = {
        isGrouped: true,
        groups: [group("g1", ["a", "b"]), group("g2", ["c"])],
        moveRecord: vi.fn(async () => {}),
        model: { load: vi.fn(async () => {}) },
    };
    await mount(Board, document.body, { props: { list } });
    return list;
}

const card = (id) => document.querySelector(`.o_kanban_record[data-id='${id}']`);

function point(target, type, x, y) {
    const options = { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, pointerType: "mouse" };
    target.dispatchEvent(new PointerEvent(type, options));
}

function centerOf(el) {
    const { height, left, top, width } = el.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
}

test("a card is dropped after another one of another column", async () => {
    const list = await openBoard();
    const [x, y] = centerOf(card("c"));
    point(card("a"), "pointerdown", ...centerOf(card("a")));
    point(document, "pointermove", x, y + 5);
    expect(document.querySelectorAll(".o_dragged").length).toBe(1);
    point(document, "pointerup", x, y + 5);
    expect(document.querySelectorAll(".o_dragged").length).toBe(0);
    await vi.waitFor(() => expect(list.model.load).toHaveBeenCalled());
    expect(list.moveRecord.mock.calls).toEqual([["a", "g1", "c", "g2"]]);
});

test("a card that is hardly moved is clicked, and buttons on it are no handles", async () => {
    const list = await openBoard();
    const [x, y] = centerOf(card("a"));
    point(card("a"), "pointerdown", x, y);
    point(document, "pointermove", x + 3, y + 3);
    point(document, "pointerup", x + 3, y + 3);
    point(card("a").querySelector(".b"), "pointerdown", x, y);
    point(document, "pointermove", x + 100, y + 100);
    point(document, "pointerup", x + 100, y + 100);
    expect(document.querySelectorAll(".o_dragged").length).toBe(0);
    expect(list.moveRecord).not.toHaveBeenCalled();
});
