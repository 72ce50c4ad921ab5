import { Component, onMounted, useRef, useState } from "@odoo/owl";

const ROWS = 8;
const COLUMNS = 8;
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** Choice of the size of a new table. */
export class TablePicker extends Component {
    static template = "html_editor.TablePicker";
    static props = { close: Function, onSelected: Function };

    setup() {
        this.root = useRef("root");
        this.state = useState({ rows: 3, cols: 3 });
        this.cells = Array.from({ length: ROWS * COLUMNS }, (_none, index) => ({
            index,
            row: Math.floor(index / COLUMNS) + 1,
            col: (index % COLUMNS) + 1,
        }));
        onMounted(() => this.root.el.focus());
    }

    isIn({ row, col }) {
        return row <= this.state.rows && col <= this.state.cols;
    }

    mark({ row, col }) {
        Object.assign(this.state, { rows: row, cols: col });
    }

    choose() {
        this.props.close();
        this.props.onSelected({ ...this.state });
    }

    onKeydown(ev) {
        const step = STEPS[ev.key];
        if (step) {
            ev.preventDefault();
            const clamp = (value, limit) => Math.min(limit, Math.max(1, value));
            this.mark({ row: clamp(this.state.rows + step[0], ROWS), col: clamp(this.state.cols + step[1], COLUMNS) });
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.choose();
        }
    }
}
