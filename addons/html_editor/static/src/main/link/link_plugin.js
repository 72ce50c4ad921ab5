import { InputRule, inputRules } from "prosemirror-inputrules";
import { Plugin as ProseListener } from "prosemirror-state";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { isMarked } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";
import { LinkPopover } from "@html_editor/main/link/link_popover";
import { urlOf } from "@html_editor/utils/url";

const { link } = schema.marks;
const NEW_TAB = { target: "_blank", rel: "noreferrer noopener" };

/** Links: by a button, a key, or by typing an address. */
export class LinkPlugin extends Plugin {
    static id = "link";
    static dependencies = ["prose", "overlay"];
    static shared = ["createLink", "insertLink"];

    resources = {
        user_commands: [
            {
                id: "toggleLinkTools",
                title: _t("Link"),
                description: _t("Lead to a page or an address"),
                icon: "fa-link",
                run: () => this.edit(),
            },
            {
                id: "removeLinkFromSelection",
                title: _t("Remove link"),
                icon: "fa-chain-broken",
                run: () => this.remove(),
            },
        ],
        shortcuts: { hotkey: "control+k", commandId: "toggleLinkTools" },
        toolbar_groups: { id: "link" },
        toolbar_items: [
            { id: "link", groupId: "link", commandId: "toggleLinkTools", isActive: () => this.isInLink() },
            { id: "unlink", groupId: "link", commandId: "removeLinkFromSelection", isAvailable: () => this.isInLink() },
        ],
        powerbox_categories: { id: "navigation", name: _t("Links") },
        powerbox_items: { categoryId: "navigation", commandId: "toggleLinkTools", keywords: ["url", "www"] },
        prose_plugins: [
            inputRules({ rules: [new InputRule(/(?:^|\s)((?:https?:\/\/|www\.)\S+[^\s.,;:!?)])\s$/, linkTyped)] }),
            new ProseListener({ props: { handleClick: (_view, position, ev) => this.onClick(position, ev) } }),
        ],
    };

    setup() {
        this.popover = this.dependencies.overlay.createOverlay(LinkPopover, {}, { position: "bottom-start" });
    }

    isInLink() {
        return isMarked(this.dependencies.prose.getState(), "link");
    }

    /** A click shows where a link leads; with Control it is followed. */
    onClick(position, ev) {
        const found = this.linkAt(position);
        if (!found) {
            return false;
        }
        if (ev.ctrlKey || ev.metaKey) {
            window.open(found.mark.attrs.href, "_blank", "noopener");
            return true;
        }
        this.open(found, { isEditing: false });
        return false;
    }

    /** @returns {{mark: Object, from: number, to: number}|null} the link around a place */
    linkAt(position) {
        const { doc } = this.dependencies.prose.getState();
        const $place = doc.resolve(position);
        const { parent } = $place;
        const isLink = (node) => link.isInSet(node.marks);
        const found = parent.childAfter($place.parentOffset);
        const inside = found.node && isLink(found.node) ? found : parent.childBefore($place.parentOffset);
        const mark = inside.node && isLink(inside.node);
        if (!mark) {
            return null;
        }
        let [first, last] = [inside.index, inside.index + 1];
        while (first > 0 && mark.isInSet(parent.child(first - 1).marks)) {
            first--;
        }
        while (last < parent.childCount && mark.isInSet(parent.child(last).marks)) {
            last++;
        }
        const size = (count) => parent.content.content.slice(0, count).reduce((sum, node) => sum + node.nodeSize, 0);
        const start = $place.start();
        return { mark, from: start + size(first), to: start + size(last) };
    }

    /** Ask where the text leads. */
    edit() {
        const { selection } = this.dependencies.prose.getState();
        const found = this.linkAt(selection.empty ? selection.from : selection.from + 1);
        this.open(found || { mark: null, from: selection.from, to: selection.to }, { isEditing: true });
    }

    open({ mark, from, to }, { isEditing }) {
        const { prose } = this.dependencies;
        const { doc } = prose.getState();
        const place = prose.getView().domAtPos(from, 1);
        const inside = place.node.childNodes[place.offset] || place.node;
        const target = inside instanceof HTMLElement ? inside : inside.parentElement;
        const label = doc.textBetween(from, to, " ");
        // pictures and several lines stay what they are
        const hasLabel = doc.resolve(from).sameParent(doc.resolve(to)) && !hasLeaves(doc, from, to);
        this.popover.open({
            target,
            props: {
                href: mark?.attrs.href || "",
                label,
                isBlank: mark ? mark.attrs.attrs.target === "_blank" : true,
                isEditing,
                hasLabel,
                onApply: (values) => this.apply({ from, to, label, ...values, mark, hasLabel, oldLabel: label }),
                onRemove: () => this.remove({ from, to }),
            },
        });
    }

    apply({ from, to, href, label, isBlank, mark, hasLabel, oldLabel }) {
        const { prose } = this.dependencies;
        const { target: _target, rel: _rel, ...kept } = mark?.attrs.attrs || {};
        const attrs = { ...kept, ...(isBlank ? NEW_TAB : {}), ...this.config.defaultLinkAttributes };
        const next = link.create({ href, attrs });
        prose.run((state, dispatch) => {
            const { tr } = state;
            let end = to;
            if (hasLabel && label !== oldLabel) {
                const marks = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) || [];
                tr.replaceWith(from, to, schema.text(label, marks));
                end = from + label.length;
            }
            tr.removeMark(from, end, link).addMark(from, end, next);
            tr.setSelection(/** @type {any} */ (state.selection.constructor).near(tr.doc.resolve(end)));
            dispatch(tr.removeStoredMark(link).scrollIntoView());
            return true;
        });
    }

    remove({ from, to } = this.dependencies.prose.getState().selection) {
        const place = from === to ? this.linkAt(from) : { from, to };
        this.dependencies.prose.run((state, dispatch) => {
            if (place) {
                dispatch(state.tr.removeMark(place.from, place.to, link).removeStoredMark(link));
            }
            return Boolean(place);
        });
    }

    /** @param {string} url @param {string} label @returns {HTMLAnchorElement} an element that is in no text yet */
    createLink(url, label) {
        const el = this.document.createElement("a");
        Object.entries({ href: url, ...this.config.defaultLinkAttributes }).forEach(([name, value]) =>
            el.setAttribute(name, value)
        );
        el.textContent = label;
        return el;
    }

    /** Put a link where the cursor is. @param {string} url @param {string} label */
    insertLink(url, label) {
        const mark = link.create({ href: url, attrs: { ...this.config.defaultLinkAttributes } });
        this.dependencies.prose.run((state, dispatch) => {
            dispatch(state.tr.replaceSelectionWith(schema.text(label, [mark]), false).removeStoredMark(link));
            return true;
        });
    }
}

function hasLeaves(doc, from, to) {
    let found = false;
    doc.nodesBetween(from, to, (node) => {
        found ||= node.isInline && !node.isText;
    });
    return found;
}

function linkTyped(state, match, start, end) {
    const [whole, address] = match;
    const from = start + whole.indexOf(address);
    if (state.doc.rangeHasMark(from, end, link)) {
        return null;
    }
    const mark = link.create({ href: urlOf(address), attrs: NEW_TAB });
    return state.tr
        .addMark(from, from + address.length, mark)
        .insertText(" ", end)
        .removeStoredMark(link);
}
