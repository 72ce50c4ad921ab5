/** Cards that are dragged with the mouse. */
import { expect, test, vi } from "vitest";
import { Component, mount, useRef, xml } from "@odoo/owl";
import { useKanbanSortable } from "@web/views/kanban/kanban_sortable";

class Board extends Component {
    static props = ["list"];
    static template = xml`
        <div t-ref="root" style="display: flex; width: 400px">
            <div t-foreach="props.list.groups" t-as="group" t-key="group.id" class="o_kanban_group o_group_draggable"
                t-att-data-id="group.id" style="width: 200px; height: 200px">
                <header class="o_kanban_header" style="height: 20px"/>
                <article t-foreach="group.list.records" t-as="card" t-key="card.id" class="o_kanban_record"
                    t-att-data-id="card.id" style="height: 40px"><button class="b">x</button></article>
            </div>
        </div>`;

    setup() {
        this.rootRef = useRef("root");
        this.canUseSortable = true;
        this.canMoveRecords = true;
        this.canResequenceGroups = true;
        this.sortRecordDrop = this.props.list.sortRecordDrop;
        this.sortGroupDrop = this.props.list.sortGroupDrop;
        useKanbanSortable(this);
    }
}

async function openBoard() {
    document.body.replaceChildren();
    const group = (id, cards) => ({ id, list: { records: cards.map((card) => ({ id: card })) } });
    const list = {
        isGrouped: true,
        groups: [group("g1", ["a", "b"]), group("g2", ["c"])],
        sortRecordDrop: vi.fn(async () => {}),
        sortGroupDrop: vi.fn(async () => {}),
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
    expect(list.sortRecordDrop.mock.calls).toEqual([["a", "g1", { refId: "c", targetGroupId: "g2" }]]);
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
    expect(list.sortRecordDrop).not.toHaveBeenCalled();
});

test("a column is dragged by its head", async () => {
    const list = await openBoard();
    const heads = [...document.querySelectorAll(".o_kanban_header")];
    const [x, y] = centerOf(heads[1]);
    point(heads[0], "pointerdown", ...centerOf(heads[0]));
    point(document, "pointermove", x, y + 60);
    point(document, "pointerup", x, y + 60);
    expect(list.sortGroupDrop.mock.calls).toEqual([["g1", { refId: "g2" }]]);
    expect(list.sortRecordDrop).not.toHaveBeenCalled();
});
