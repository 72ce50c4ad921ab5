import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { sharedLayouts } from "@web/search/shared_search";
import { useDebounced } from "@web/core/utils/timing";

/** How long after a change the server is told, in milliseconds; several changes soon after each other are one. */
const DELAY = 500;
/** Columns that have a place of their own. */
const isMovable = ({ type, widget }) => type === "field" && widget !== "handle";

/**
 * Component hook: the order of the columns of a list, their widths and which optional ones are shown, as the user laid
 * them out. The server keeps it for the user, so that it is the same on all devices.
 *
 * @param {Object} renderer the component of the list
 * @param {string} key of the list
 * @returns {PersonalLayout}
 */
export function usePersonalLayout(renderer, key) {
    const layout = new PersonalLayout(renderer, key, useService("orm"));
    layout.tell = useDebounced(() => layout.send(), DELAY, { execBeforeUnmount: true });
    return layout;
}

class PersonalLayout {
    constructor(renderer, key, orm) {
        this.renderer = renderer;
        this.key = key;
        this.orm = orm;
        /** Name of the column that is dragged. @type {string|null} */
        this.dragged = null;
        /** @type {() => any} */
        this.tell = () => {};
    }

    get all() {
        return user.settings?.list_layouts || {};
    }

    /** @returns {{columns?: string[], widths?: Object<string, number>, optional?: Object<string, boolean>}} */
    get own() {
        return sharedLayouts.get(this.key) || this.all[this.key] || {};
    }

    get isOwn() {
        return Object.keys(this.own).length > 0;
    }

    /** @param {Object} change parts that are different now; without it, the list is as its view says again */
    change(change) {
        const { [this.key]: own, ...others } = this.all;
        // what came with an address is one's own once it is changed
        const next = change ? { ...own, ...sharedLayouts.get(this.key), ...change } : {};
        sharedLayouts.delete(this.key);
        user.updateUserSettings("list_layouts", { ...others, ...(change && { [this.key]: next }) });
        this.tell();
        this.renderer.render();
    }

    async send() {
        const { id } = user.settings || {};
        if (id) {
            await this.orm.call("res.users.settings", "set_list_layout", [[id], this.key, this.own]);
        }
    }

    // ------------------------------------------------------------------ order

    /** Columns in the order of the user; those that he did not move stay where the view has them. */
    ordered(columns) {
        const order = this.own.columns || [];
        const placed = columns.filter((column) => isMovable(column) && order.includes(column.name));
        placed.sort((first, second) => order.indexOf(first.name) - order.indexOf(second.name));
        return columns.map((column) => (isMovable(column) && order.includes(column.name) ? placed.shift() : column));
    }

    canMove(column) {
        return isMovable(column) && !this.renderer.env.isSmall;
    }

    /** Put a column at the place of another one. @param {string} name @param {string} target @returns {boolean} done */
    move(name, target) {
        const names = this.renderer.columns.filter(isMovable).map((column) => column.name);
        const [from, to] = [names.indexOf(name), names.indexOf(target)];
        if (from < 0 || to < 0 || from === to) {
            return false;
        }
        names.splice(to, 0, ...names.splice(from, 1));
        this.change({ columns: names });
        return true;
    }

    /** Move a column one place to the left or right. @param {Object} column @param {number} step @returns {boolean} done */
    moveBy(column, step) {
        const columns = this.renderer.columns.filter(isMovable);
        const beside = columns[columns.indexOf(column) + step];
        return Boolean(beside) && this.move(column.name, beside.name);
    }

    onDragStart(ev, column) {
        const { clientX, clientY } = ev;
        // the handle at the edge changes the width
        if (document.elementFromPoint(clientX, clientY)?.closest(".o_resize") || !this.canMove(column)) {
            ev.preventDefault();
            return;
        }
        this.dragged = column.name;
        ev.dataTransfer.effectAllowed = "move";
        ev.dataTransfer.setData("text/plain", String(column.label));
        ev.currentTarget.classList.add("o_dragged");
    }

    onDragOver(ev, column) {
        if (this.dragged && this.canMove(column)) {
            ev.preventDefault();
            ev.currentTarget.classList.toggle("o_column_target", this.dragged !== column.name);
        }
    }

    onDragLeave(ev) {
        ev.currentTarget.classList.remove("o_column_target");
    }

    onDrop(ev, column) {
        ev.currentTarget.classList.remove("o_column_target");
        if (this.dragged) {
            ev.preventDefault();
            this.move(this.dragged, column.name);
        }
    }

    onDragEnd(ev) {
        this.dragged = null;
        ev.currentTarget.classList.remove("o_dragged");
    }

    // ------------------------------------------------------------------ widths and optional columns

    /** @returns {number|undefined} width of a column that the user chose, in pixels */
    widthOf({ name }) {
        return this.own.widths?.[name];
    }

    setWidth({ name }, width) {
        if (name) {
            this.change({ widths: { ...this.own.widths, [name]: Math.round(width) } });
        }
    }

    get resetLabel() {
        return _t("Reset columns");
    }
}
