import { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { withSequence } from "@html_editor/utils/resource";

/** Back and forth. */
const WAYS = [
    {
        id: "historyUndo",
        method: "undo",
        isPossible: "canUndo",
        title: _t("Undo"),
        icon: "fa-undo",
        keys: ["control+z"],
    },
    {
        id: "historyRedo",
        method: "redo",
        isPossible: "canRedo",
        title: _t("Redo"),
        icon: "fa-repeat",
        keys: ["control+y", "control+shift+z"],
    },
];

/** Something that can be looked at before it counts. */
class Preview {
    /**
     * @param {Function} operation
     * @param {{makeSavePoint: () => () => void, addStep: () => void}} history
     */
    constructor(operation, history) {
        this.operation = operation;
        this.history = history;
        this.goBack = () => {};
    }

    show(values) {
        this.takeBack();
        this.goBack = this.history.makeSavePoint();
        this.operation(...values);
    }

    takeBack() {
        this.goBack();
        this.goBack = () => {};
    }

    decide(values) {
        this.takeBack();
        this.operation(...values);
        this.history.addStep();
    }
}

/**
 * Steps back and forth. Where several people write, only what the user did is taken back: a plugin keeps steps of its
 * own then, and adds to `step_keepers` an object `{isActive, canUndo, canRedo, undo, redo, endStep, makeSavePoint}`.
 */
export class HistoryPlugin extends Plugin {
    static id = "history";
    static dependencies = ["prose"];
    static shared = [
        "addStep",
        "canRedo",
        "canUndo",
        "isOwnSteps",
        "makePreviewableOperation",
        "makeSavePoint",
        "redo",
        "reset",
        "stageSelection",
        "undo",
    ];

    /** What keeps them where one person writes. */
    steps = history();

    resources = {
        prose_plugins: [this.steps],
        user_commands: WAYS.map(({ id, title, icon, method }) => ({ id, title, icon, run: () => this[method]() })),
        shortcuts: WAYS.flatMap(({ id, keys }) => keys.map((hotkey) => ({ hotkey, commandId: id }))),
        toolbar_groups: withSequence(1, { id: "history", placement: "fixed" }),
        toolbar_items: WAYS.map(({ id, method, isPossible }) => ({
            id: method,
            groupId: "history",
            commandId: id,
            isDisabled: () => !this[isPossible](),
        })),
    };

    /** What keeps the steps in the place of ProseMirror's history. */
    get keeper() {
        return this.getResource("step_keepers").find((keeper) => keeper.isActive());
    }

    /** Whether a plugin of ProseMirror is the one that keeps the steps. */
    isOwnSteps(plugin) {
        return plugin === this.steps;
    }

    /** End a step: what code changed in the page is taken over, and what follows is undone by itself. */
    addStep() {
        const { prose } = this.dependencies;
        this.dispatchTo("normalize_handlers", this.editable);
        prose.readDom();
        if (this.keeper) {
            this.keeper.endStep();
        } else {
            prose.dispatch(closeHistory(prose.getState().tr));
        }
    }

    undo() {
        if (this.dependencies.prose.run(this.keeper ? this.keeper.undo : undo)) {
            this.dispatchTo("post_undo_handlers");
        }
    }

    redo() {
        if (this.dependencies.prose.run(this.keeper ? this.keeper.redo : redo)) {
            this.dispatchTo("post_redo_handlers");
        }
    }

    canUndo() {
        return this.keeper ? this.keeper.canUndo() : undoDepth(this.dependencies.prose.getState()) > 0;
    }

    canRedo() {
        return this.keeper ? this.keeper.canRedo() : redoDepth(this.dependencies.prose.getState()) > 0;
    }

    /** ProseMirror keeps the selection with each step. */
    stageSelection() {}

    /** @returns {() => void} goes back to what there is now */
    makeSavePoint() {
        const { prose } = this.dependencies;
        if (this.keeper) {
            const goBack = this.keeper.makeSavePoint();
            return () => {
                goBack();
                this.dispatchTo("restore_savepoint_handlers");
            };
        }
        const { doc, selection } = prose.getState();
        return () => {
            const { tr, doc: current } = prose.getState();
            if (!current.eq(doc)) {
                tr.replaceWith(0, current.content.size, doc.content);
            }
            tr.setSelection(/** @type {any} */ (selection.constructor).fromJSON(tr.doc, selection.toJSON()));
            prose.dispatch(tr.setMeta("addToHistory", false));
            this.dispatchTo("restore_savepoint_handlers");
        };
    }

    /**
     * @param {Function} operation
     * @returns {{preview: Function, commit: Function, revert: () => void}} the operation, to be looked at before it counts
     */
    makePreviewableOperation(operation) {
        const preview = new Preview(operation, this);
        return {
            commit: (...values) => preview.decide(values),
            preview: (...values) => preview.show(values),
            revert: () => preview.takeBack(),
        };
    }

    /** Begin anew. @param {string} content */
    reset(content) {
        this.dependencies.prose.setContent(content, { addToHistory: false });
        this.dispatchTo("history_reset_handlers", content);
    }
}
