/** A text that several people write at once. It comes when somebody begins to, in a bundle of its own. */
import { fromBase64, toBase64 } from "lib0/buffer";
import { digest } from "lib0/hash/sha256";
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import {
    defaultDeleteFilter,
    defaultProtectedNodes,
    initProseMirrorDoc,
    prosemirrorToYXmlFragment,
    redo,
    undo,
    updateYFragment,
    yCursorPlugin,
    ySyncPlugin,
    ySyncPluginKey,
    yUndoPlugin,
} from "y-prosemirror";
import * as Y from "yjs";
import { registry } from "@web/core/registry";
import { schema } from "@html_editor/prose/schema";

const TEXT = "text";
const SAVES = "saves";
/** Who wrote what was stored: the same for all pages, as their texts begin with the same. */
const NOBODY = 1;
/** What came from others is told apart by this. */
const OTHERS = "others";
/** How many saves are told. */
const MOST_SAVES = 40;
/** Milliseconds within which what is typed is one step. */
const STEP = 500;

/** The state of a text that begins with what is stored. */
function seedOf(stored, saves) {
    const seed = new Y.Doc();
    seed.clientID = NOBODY;
    seed.transact(() => {
        prosemirrorToYXmlFragment(stored, seed.getXmlFragment(TEXT));
        seed.getArray(SAVES).push(saves);
    });
    return Y.encodeStateAsUpdate(seed);
}

const nameOf = (seed) => toBase64(digest(seed)).slice(0, 16);

/** Text, steps and carets of one page. What it is joined with comes in any order, and any number of times. */
export class SharedText {
    /**
     * @param {{stored: import("prosemirror-model").Node, saves: string[]}|{base: string, state: string}} origin what is
     *     stored, and the saves that it contains; or the text of somebody else
     * @param {Object} page what it does with the text
     * @param {(update: string) => void} page.onChange the user wrote something
     * @param {() => void} page.onCaret the user is somewhere else, or is still there
     * @param {(client: number) => void} page.onGone nothing was heard of somebody for long
     * @param {(client: number) => HTMLElement} page.showCaret
     * @param {(client: number) => Object} page.showSelection attributes of what somebody has selected
     */
    constructor(origin, page) {
        this.document = new Y.Doc();
        const isNew = "stored" in origin;
        const state = isNew ? seedOf(origin.stored, origin.saves) : fromBase64(origin.state);
        /** Name of what the text began with: only texts that began with the same can be joined. */
        this.base = isNew ? nameOf(state) : origin.base;
        Y.applyUpdate(this.document, state, OTHERS);
        this.text = this.document.getXmlFragment(TEXT);
        this.savesArray = this.document.getArray(SAVES);
        /** Saves of this page. @type {Set<string>} */
        this.ownSaves = new Set();
        this.carets = new Awareness(this.document);
        this.page = page;
        this.steps = this.makeSteps({
            captureTimeout: STEP,
            captureTransaction: ({ meta }) => meta.get("addToHistory") !== false,
        });
        // what the user did since a save, to take it back as a whole
        this.unsaved = this.makeSteps({ trackedOrigins: new Set([ySyncPluginKey, this.steps]) });
        /** Whether the text is another one than that of the last save of this page. */
        this.isChanged = true;
        this.document.on("update", (update, from) => {
            this.isChanged = from !== SAVES;
            if (from !== OTHERS) {
                page.onChange(toBase64(update));
            }
        });
        this.carets.on("update", ({ removed }, from) => {
            if (from === "timeout") {
                removed.forEach((client) => page.onGone(client));
            } else if (from !== OTHERS) {
                page.onCaret();
            }
        });
    }

    makeSteps(options) {
        return new Y.UndoManager(this.text, {
            trackedOrigins: new Set([ySyncPluginKey]),
            captureTimeout: Infinity,
            deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
            ...options,
        });
    }

    get client() {
        return this.document.clientID;
    }

    /** What is known of each writer, for others to tell what is missing. */
    get vector() {
        return toBase64(Y.encodeStateVector(this.document));
    }

    /** @param {string} [vector] of somebody else @returns {string} what he lacks, everything without him */
    changesSince(vector) {
        return toBase64(Y.encodeStateAsUpdate(this.document, vector ? fromBase64(vector) : undefined));
    }

    /** @param {string} vector @returns {boolean} whether somebody else knows what is not known here */
    isBehind(vector) {
        const known = Y.decodeStateVector(Y.encodeStateVector(this.document));
        return [...Y.decodeStateVector(fromBase64(vector))].some(([client, clock]) => clock > (known.get(client) || 0));
    }

    /** @param {string} update @returns {boolean} false: something that it builds upon is missing */
    join(update) {
        Y.applyUpdate(this.document, fromBase64(update), OTHERS);
        const { pendingStructs, pendingDs } = /** @type {any} */ (this.document.store);
        return !pendingStructs && !pendingDs;
    }

    // ------------------------------------------------------------------ the editor

    /** @returns {import("prosemirror-model").Node} the text as it is now */
    get content() {
        return initProseMirrorDoc(this.text, schema).doc;
    }

    /** Write what the user wrote before the text was shared. @param {import("prosemirror-model").Node} doc */
    write(doc) {
        const { meta } = initProseMirrorDoc(this.text, schema);
        this.document.transact(() => updateYFragment(this.document, this.text, doc, meta), ySyncPluginKey);
    }

    /** Plugins of ProseMirror by which an editor writes this text, and shows what others write. */
    plugins() {
        const { mapping } = initProseMirrorDoc(this.text, schema);
        const shown = {
            cursorBuilder: (_user, client) => this.page.showCaret(client),
            selectionBuilder: (_user, client) => this.page.showSelection(client),
        };
        return [
            ySyncPlugin(this.text, { mapping }),
            yCursorPlugin(this.carets, shown),
            yUndoPlugin({ undoManager: this.steps }),
        ];
    }

    /** @param {import("prosemirror-state").Transaction} tr @returns {boolean} whether somebody else did that */
    static isOfOthers(tr) {
        const meta = tr.getMeta(ySyncPluginKey);
        return Boolean(meta?.isChangeOrigin && !meta.isUndoRedoOperation);
    }

    /** What keeps the steps of the user in the place of the editor's own history. */
    get stepKeeper() {
        const { steps } = this;
        return {
            canUndo: () => steps.canUndo(),
            canRedo: () => steps.canRedo(),
            endStep: () => steps.stopCapturing(),
            makeSavePoint: () => this.makeSavePoint(),
            redo,
            undo,
        };
    }

    /** @returns {() => void} takes back what the user does from now on, and nothing that others do */
    makeSavePoint() {
        const { steps } = this;
        steps.stopCapturing();
        const { length } = steps.undoStack;
        const since = this.makeSteps();
        return () => {
            while (since.undo()) {
                // one step after the other
            }
            since.destroy();
            steps.undoStack.splice(length);
        };
    }

    // ------------------------------------------------------------------ saves

    /** @returns {string[]} saves that the text contains, the last one of this page at the end */
    get saves() {
        const known = /** @type {string[]} */ (this.savesArray.toArray());
        const own = [...this.ownSaves].at(-1);
        return [...known.filter((id) => id !== own), ...(own ? [own] : [])].slice(-MOST_SAVES);
    }

    /** @param {string} id @returns {boolean} whether the text contains what was saved */
    contains(id) {
        return this.savesArray.toArray().includes(id);
    }

    /** Name what is about to be saved. */
    beginSave() {
        if (!this.isChanged) {
            return;
        }
        const id = Math.random().toString(36).slice(2, 12);
        this.ownSaves.add(id);
        this.unsaved.stopCapturing();
        this.savedSteps = this.unsaved.undoStack.length;
        this.document.transact(() => this.savesArray.push([id]), SAVES);
    }

    /** What was saved is stored: it is not taken back with what comes later. */
    endSave() {
        this.unsaved.undoStack.splice(0, this.savedSteps || 0);
        this.savedSteps = 0;
    }

    get hasUnsaved() {
        return this.unsaved.canUndo();
    }

    /** Take back what the user did since the last save. */
    takeBackUnsaved() {
        while (this.unsaved.undo()) {
            // one part after the other
        }
        this.unsaved.clear();
        this.steps.clear();
    }

    // ------------------------------------------------------------------ carets

    /** @param {Object} user who writes here */
    introduce(user) {
        this.carets.setLocalStateField("user", user);
    }

    /** @returns {string} where the user is */
    get caret() {
        return toBase64(encodeAwarenessUpdate(this.carets, [this.client]));
    }

    /** @param {string} update where somebody else is */
    moveCaret(update) {
        applyAwarenessUpdate(this.carets, fromBase64(update), OTHERS);
    }

    /** @param {number} client who has gone */
    removeCaret(client) {
        removeAwarenessStates(this.carets, [client], OTHERS);
    }

    destroy() {
        this.unsaved.destroy();
        this.steps.destroy();
        this.carets.destroy();
        this.document.destroy();
    }
}

registry.category("html_editor").add("SharedText", SharedText);
