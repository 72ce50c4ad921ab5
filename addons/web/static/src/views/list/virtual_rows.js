import { onMounted, onPatched, onWillRender, toRaw, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { clamp } from "@web/core/utils/numbers";

/** Number of lines up to which all of them are in the page. */
export const LINES_IN_PAGE = 200;
/** Lines of a part: those of one are in the page together, or none of them. */
const PART = 25;
/** Lines of the first rendering, when nobody knows yet where the list is. */
const AT_FIRST = 50;
/** Height of a line before one was seen, in pixels. */
const USUAL_HEIGHT = 36;

/**
 * Component hook: of long lists, only the lines that are on screen, those around them, the one in edition and the one
 * with the focus are in the page. Rows without content keep the room of the others.
 *
 * @param {Object} renderer the component of the list
 * @returns {VirtualRows}
 */
export function useVirtualRows(renderer) {
    const rows = new VirtualRows(renderer);
    onWillRender(() => rows.prepare());
    const follow = () => rows.follow();
    onMounted(follow);
    onPatched(follow);
    // scrolling does not bubble
    useExternalListener(document, "scroll", follow, { capture: true, passive: true });
    useExternalListener(window, "resize", follow);
    return rows;
}

class VirtualRows {
    constructor(renderer) {
        this.renderer = renderer;
        this.isOn = false;
        /** First line that has to be in the page, and the one after the last. */
        this.range = [0, AT_FIRST];
        /** Heights of the lines that were in the page, by id of the record. */
        this.heights = new Map();
        /** Numbers of the lines in the page, by id of the record. */
        this.places = new Map();
        /**
         * Parts of the list in order: `list` has the records that are in the page, all or none; `gap` stands for them
         * and those of the next parts. A part keeps its place in the page, as what is moved there loses the focus.
         *
         * @type {{key: number, list: Object, gap?: {height: number, lastId: string}}[]}
         */
        this.parts = [];
        this.isFollowing = false;
    }

    /** Choose the lines that are in the page. */
    prepare() {
        const { list } = this.renderer.props;
        const all = list.isGrouped ? [] : toRaw(list.records);
        this.isOn = all.length > LINES_IN_PAGE;
        if (!this.isOn) {
            return;
        }
        const shown = this._shownParts(all);
        const usual = this._usualHeight;
        this.places.clear();
        this.parts = [];
        let gap;
        for (let start = 0, key = 0; start < all.length; start += PART, key++) {
            const end = Math.min(start + PART, all.length);
            const part = { key, list: Object.create(list, { records: { value: [] } }) };
            this.parts.push(part);
            if (shown.has(key)) {
                gap = undefined;
                for (let place = start; place < end; place++) {
                    this.places.set(all[place].id, place);
                    part.list.records.push(list.records[place]);
                }
                continue;
            }
            gap ??= part.gap = { height: 0, lastId: "" };
            gap.lastId = all[end - 1].id;
            for (let place = start; place < end; place++) {
                gap.height += this.heights.get(all[place].id) ?? usual;
            }
        }
    }

    /** Parts of a list; short ones and those of groups are one. */
    partsOf(list) {
        return this.isOn ? this.parts : [{ key: 0, list }];
    }

    /** @returns {Set<number>} parts on and around the screen, with the line in edition, and with the focus */
    _shownParts(all) {
        const first = Math.floor(clamp(this.range[0], 0, all.length - 1) / PART);
        const last = Math.floor(clamp(this.range[1] - 1, 0, all.length - 1) / PART);
        const parts = new Set(Array.from({ length: last - first + 1 }, (_part, index) => first + index));
        const focused = document.activeElement?.closest("tr.o_data_row");
        const table = this.renderer.tableRef.el;
        const kept = [
            this.renderer.props.list.editedRecord?.id,
            table?.contains(focused) ? /** @type {HTMLElement} */ (focused).dataset.id : undefined,
        ];
        for (const id of kept.filter(Boolean)) {
            const place = all.findIndex((record) => record.id === id);
            parts.add(Math.floor(place / PART));
        }
        return parts;
    }

    get _usualHeight() {
        let sum = 0;
        for (const height of this.heights.values()) {
            sum += height;
        }
        return this.heights.size ? sum / this.heights.size : USUAL_HEIGHT;
    }

    /** @param {Object} record @returns {number|undefined} number of its row among all, that of the header being 1 */
    rowIndex(record) {
        return this.isOn ? this.places.get(record.id) + 2 : undefined;
    }

    /** @returns {number|undefined} how many rows there are with the header, where not all are in the page */
    get rowCount() {
        return this.isOn ? this.renderer.props.list.records.length + 1 : undefined;
    }

    /** Have the lines in the page be those on screen, once the page is drawn next. */
    follow() {
        if (this.isOn && !this.isFollowing) {
            this.isFollowing = true;
            browser.requestAnimationFrame(() => {
                this.isFollowing = false;
                this._follow();
            });
        }
    }

    _follow() {
        const table = this.renderer.tableRef.el;
        // a line that is dragged is where the pointer has it
        if (!this.isOn || !table?.offsetParent || table.querySelector(".o_dragged")) {
            return;
        }
        for (const row of table.querySelectorAll("tr.o_data_row")) {
            this.heights.set(row.dataset.id, row.getBoundingClientRect().height);
        }
        const [start, end] = this._placesOnScreen(table);
        const { length } = this.renderer.props.list.records;
        const [from, to] = [Math.max(0, start - PART / 2), Math.min(length, end + PART / 2)];
        if (from < this.range[0] || to > Math.min(length, this.range[1])) {
            this.range = [Math.max(0, start - PART), Math.min(length, end + PART)];
            this.renderer.render();
        }
    }

    /** @returns {[number, number]} numbers of the first line on screen, and of the one after the last */
    _placesOnScreen(table) {
        const all = toRaw(this.renderer.props.list.records);
        const usual = this._usualHeight;
        let y = table.tBodies[0].getBoundingClientRect().top;
        let start = 0;
        let end = 0;
        for (const { id } of all) {
            y += this.heights.get(id) ?? usual;
            if (y <= 0) {
                start++;
            }
            end++;
            if (y >= browser.innerHeight) {
                break;
            }
        }
        return [Math.min(start, all.length - 1), end];
    }

    /**
     * Whether the line above or below a row is not in the page.
     *
     * @param {HTMLElement} row
     * @param {number} step -1: above, 1: below
     */
    isBesideGap(row, step) {
        const beside = step > 0 ? row.nextElementSibling : row.previousElementSibling;
        return Boolean(beside?.matches(".o_rows_elsewhere"));
    }

    /** Bring the lines around a row into the page. @param {HTMLElement} row */
    async show(row) {
        const place = this.places.get(row.dataset.id);
        this.range = [Math.max(0, place - PART), place + PART];
        await this.renderer.rendered();
    }
}
