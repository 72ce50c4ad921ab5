import {
    chainCommands,
    deleteSelection,
    exitCode,
    joinBackward,
    joinForward,
    selectNodeBackward,
    selectNodeForward,
} from "prosemirror-commands";
import { Plugin } from "@html_editor/plugin";
import { schema } from "@html_editor/prose/schema";
import { splitListItem } from "prosemirror-schema-list";
import { splitBlock } from "prosemirror-commands";

const hardBreak = (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create(), true).scrollIntoView());
    return true;
};

/** New lines, under the names that addons know. */
export class LineBreakPlugin extends Plugin {
    static id = "lineBreak";
    static dependencies = ["prose"];
    static shared = ["insertLineBreak"];

    insertLineBreak() {
        this.dispatchTo("before_line_break_handlers");
        this.dependencies.prose.run(chainCommands(exitCode, hardBreak));
    }
}

/** New blocks and items. */
export class SplitPlugin extends Plugin {
    static id = "split";
    static dependencies = ["prose"];
    static shared = ["splitBlock"];

    splitBlock() {
        this.dispatchTo("before_split_block_handlers");
        this.dependencies.prose.run(chainCommands(splitListItem(schema.nodes.list_item), splitBlock));
    }
}

const REMOVALS = {
    backward: chainCommands(deleteSelection, joinBackward, selectNodeBackward),
    forward: chainCommands(deleteSelection, joinForward, selectNodeForward),
};

/** @type {[string, "backward"|"forward", "character"|"word"][]} */
const REMOVAL_COMMANDS = [
    ["deleteBackward", "backward", "character"],
    ["deleteBackwardWord", "backward", "word"],
    ["deleteForward", "forward", "character"],
    ["deleteForwardWord", "forward", "word"],
];

/** Removal of what is selected, or of what is beside the cursor. */
export class DeletePlugin extends Plugin {
    static id = "delete";
    static dependencies = ["prose"];
    static shared = ["delete", "deleteRange", "deleteSelection"];

    resources = { user_commands: REMOVAL_COMMANDS.map(([id, ...how]) => ({ id, run: () => this.delete(...how) })) };

    deleteSelection() {
        this.dependencies.prose.run(deleteSelection);
    }

    /** @param {Range} range of the page */
    deleteRange(range) {
        const { prose } = this.dependencies;
        const view = prose.getView();
        const from = view.posAtDOM(range.startContainer, range.startOffset);
        const to = view.posAtDOM(range.endContainer, range.endOffset);
        prose.dispatch(prose.getState().tr.delete(from, to));
    }

    /** @param {"backward"|"forward"} direction @param {"character"|"word"} granularity */
    delete(direction, granularity) {
        const { prose } = this.dependencies;
        if (this.delegateTo(`delete_${direction}${granularity === "word" ? "_word" : ""}_overrides`)) {
            return;
        }
        if (!prose.run(REMOVALS[direction])) {
            prose.run(removeText(direction, granularity));
        }
        this.dispatchTo("delete_handlers");
    }
}

function removeText(direction, granularity) {
    const pattern =
        granularity === "word" ? { backward: /\S*\s*$/, forward: /^\s*\S*/ } : { backward: /.$/su, forward: /^./su };
    return (state, dispatch) => {
        const { $from } = state.selection;
        const [start, end] =
            direction === "backward" ? [0, $from.parentOffset] : [$from.parentOffset, $from.parent.content.size];
        const text = $from.parent.textBetween(start, end, null, " ");
        const { length } = pattern[direction].exec(text)?.[0] || "";
        if (!length) {
            return false;
        }
        const [from, to] = direction === "backward" ? [$from.pos - length, $from.pos] : [$from.pos, $from.pos + length];
        dispatch?.(state.tr.delete(from, to));
        return true;
    };
}
