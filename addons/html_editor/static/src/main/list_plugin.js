import {
    chainCommands,
    createParagraphNear,
    exitCode,
    lift,
    splitBlock,
    liftEmptyBlock,
    newlineInCode,
} from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { Plugin as ProseListener } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { isBlank } from "@html_editor/prose/attributes";
import { ancestor } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";

const { bullet_list: bullets, check_list: checks, list_item: item, ordered_list: numbers } = schema.nodes;
const MODES = { UL: bullets, OL: numbers, CL: checks };
const isList = (node) => Object.values(MODES).includes(node.type);

/** Commands: id, mode, icon, title, description. */
const COMMANDS = [
    ["toggleListUL", "UL", "fa-list-ul", _t("Bullet list"), _t("A list of points")],
    ["toggleListOL", "OL", "fa-list-ol", _t("Numbered list"), _t("A list of steps")],
    ["toggleListCL", "CL", "fa-check-square-o", _t("Checklist"), _t("A list of things to tick")],
];

/** Lists with bullets, numbers, or boxes to tick. */
export class ListPlugin extends Plugin {
    static id = "list";
    static dependencies = ["prose"];
    static shared = ["toggleList"];

    resources = {
        user_commands: [
            { id: "toggleList", run: ({ mode }) => this.toggleList(mode) },
            ...COMMANDS.map(([id, mode, icon, title, description]) => ({
                id,
                icon,
                title,
                description,
                run: () => this.toggleList(mode),
            })),
        ],
        toolbar_groups: { id: "list" },
        toolbar_items: COMMANDS.map(([commandId, mode]) => ({
            id: { UL: "bulleted_list", OL: "numbered_list", CL: "checklist" }[mode],
            groupId: "list",
            commandId,
            isActive: () => this.currentMode() === mode,
        })),
        powerbox_items: COMMANDS.map(([commandId]) => ({ categoryId: "structure", commandId, keywords: ["list"] })),
        prose_plugins: [
            keymap({
                Enter: chainCommands(
                    splitListItem(item, { checked: false, attrs: {} }),
                    newlineInCode,
                    createParagraphNear,
                    liftEmptyBlock,
                    splitBlock
                ),
                "Shift-Enter": chainCommands(exitCode, insertBreak),
                "Mod-Enter": (state, dispatch) => this.tickHere(state, dispatch),
                "Mod-[": liftListItem(item),
                "Mod-]": sinkListItem(item),
                Backspace: leaveAtStart,
            }),
            new ProseListener({ props: { decorations: (state) => this.boxes(state) } }),
        ],
        tab_overrides: () => this.dependencies.prose.run(sinkListItem(item)),
        shift_tab_overrides: () => this.dependencies.prose.run(liftListItem(item)),
    };

    /** @returns {string} "UL", "OL", "CL", or "" outside of a list */
    currentMode() {
        const list = ancestor(this.dependencies.prose.getState(), isList);
        return list ? Object.keys(MODES).find((mode) => MODES[mode] === list.node.type) : "";
    }

    /** @param {"UL"|"OL"|"CL"} mode */
    toggleList(mode) {
        const { prose } = this.dependencies;
        const type = MODES[mode];
        const list = ancestor(prose.getState(), isList);
        if (!list) {
            prose.run(wrapInList(type));
            prose.run(standAlone);
        } else if (list.node.type === type) {
            prose.run(liftListItem(item));
        } else {
            const attrs = { attrs: {} };
            prose.run((state, dispatch) => {
                dispatch(state.tr.setNodeMarkup(list.position, type, attrs));
                return true;
            });
        }
    }

    /** Tick the item that the cursor is in. */
    tickHere(state, dispatch) {
        const found = ancestor(state, (node) => node.type === item);
        if (!found || state.selection.$from.node(found.depth - 1).type !== checks) {
            return false;
        }
        dispatch?.(tick(state.tr, found.position));
        return true;
    }

    /** Boxes of the items, which are no part of the text. */
    boxes(state) {
        const boxes = [];
        state.doc.descendants((node, position, parent) => {
            if (node.type === item && parent.type === checks) {
                const options = {
                    side: -1,
                    key: `box-${node.attrs.checked}`,
                    ignoreSelection: true,
                    stopEvent: () => true,
                };
                boxes.push(Decoration.widget(position + 1, (view, getPos) => makeBox(view, getPos, node), options));
            }
            return !node.isTextblock;
        });
        return DecorationSet.create(state.doc, boxes);
    }
}

/** Plain lines of an item need no element of their own. */
function standAlone(state, dispatch) {
    const { tr } = state;
    const { from, to } = state.selection;
    state.doc.nodesBetween(from, to, (node, position, parent) => {
        if (node.type === schema.nodes.paragraph && parent.type === item && isBlank(node.attrs.attrs)) {
            tr.setNodeAttribute(position, "bare", true);
        }
    });
    dispatch(tr);
    return true;
}

function tick(tr, position) {
    const { attrs } = tr.doc.nodeAt(position);
    return tr.setNodeMarkup(position, null, { ...attrs, checked: !attrs.checked });
}

function makeBox(view, getPos, node) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "o_checklist_box form-check-input";
    box.contentEditable = "false";
    box.tabIndex = -1;
    box.checked = node.attrs.checked;
    box.setAttribute("aria-label", _t("Done").toString());
    box.addEventListener("change", () => view.dispatch(tick(view.state.tr, getPos() - 1)));
    return box;
}

function insertBreak(state, dispatch) {
    dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create(), true).scrollIntoView());
    return true;
}

/** At the start of an item or of a quote, Backspace takes the line out of it. */
function leaveAtStart(state, dispatch, view) {
    const { $from, empty } = state.selection;
    if (!empty || $from.parentOffset || $from.depth < 2) {
        return false;
    }
    const outer = $from.node($from.depth - 1).type;
    if (outer === item && $from.index($from.depth - 1) === 0) {
        return liftListItem(item)(state, dispatch);
    }
    return outer === schema.nodes.blockquote && !$from.index($from.depth - 1) ? lift(state, dispatch, view) : false;
}
