import { AllSelection, NodeSelection, TextSelection } from "prosemirror-state";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { closestBlock } from "@html_editor/prose/blocks";

/** What is selected, in terms of the page. */
export class SelectionPlugin extends Plugin {
    static id = "selection";
    static dependencies = ["prose"];
    static shared = [
        "focusEditable",
        "getEditableSelection",
        "getSelectedNodes",
        "getSelectionData",
        "getTraversedBlocks",
        "getTraversedNodes",
        "isSelectionInEditable",
        "preserveSelection",
        "setCursorEnd",
        "setCursorStart",
        "setSelection",
    ];

    resources = {
        prose_selection_handlers: () => this.dispatchTo("selectionchange_handlers", this.getSelectionData()),
        user_commands: [{ id: "selectAll", title: _t("Select all"), run: () => this.selectAll() }],
        shortcuts: [{ hotkey: "control+a", commandId: "selectAll" }],
    };

    get view() {
        return this.dependencies.prose.getView();
    }

    /** In a table the cell comes first, then everything. */
    selectAll() {
        const { state } = this.view;
        this.view.dispatch(state.tr.setSelection(new AllSelection(state.doc)));
    }

    /** @returns {Object} the selection, with nodes of the page and what is between them */
    getEditableSelection() {
        const { selection, doc } = this.view.state;
        const place = (position) => this.view.domAtPos(position);
        const [anchor, focus, start, end] = [selection.anchor, selection.head, selection.from, selection.to].map(place);
        const range = this.document.createRange();
        range.setStart(start.node, start.offset);
        range.setEnd(end.node, end.offset);
        return {
            anchorNode: anchor.node,
            anchorOffset: anchor.offset,
            focusNode: focus.node,
            focusOffset: focus.offset,
            startContainer: start.node,
            startOffset: start.offset,
            endContainer: end.node,
            endOffset: end.offset,
            commonAncestorContainer: range.commonAncestorContainer,
            isCollapsed: selection.empty,
            direction: selection.head >= selection.anchor,
            textContent: () => doc.textBetween(selection.from, selection.to, "\n"),
        };
    }

    getSelectionData() {
        return {
            documentSelection: this.document.getSelection(),
            documentSelectionIsInEditable: this.isSelectionInEditable(),
            editableSelection: this.getEditableSelection(),
        };
    }

    isSelectionInEditable() {
        const { anchorNode } = this.document.getSelection() || {};
        return Boolean(anchorNode && this.editable.contains(anchorNode));
    }

    /** @param {{anchorNode: Node, anchorOffset: number, focusNode?: Node, focusOffset?: number}} selection */
    setSelection({ anchorNode, anchorOffset, focusNode = anchorNode, focusOffset = anchorOffset }) {
        const { view } = this;
        const [anchor, head] = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
        const { doc, tr } = view.state;
        view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))));
        return this.getEditableSelection();
    }

    setCursorStart(node) {
        return this.setSelection({ anchorNode: node, anchorOffset: 0 });
    }

    setCursorEnd(node) {
        const length = node.nodeType === Node.TEXT_NODE ? node.textContent.length : node.childNodes.length;
        return this.setSelection({ anchorNode: node, anchorOffset: length });
    }

    /** @returns {{restore: () => void}} */
    preserveSelection() {
        const bookmark = this.view.state.selection.getBookmark();
        const restore = () => {
            const { tr, doc } = this.view.state;
            this.view.dispatch(tr.setSelection(bookmark.resolve(doc)));
        };
        return { restore };
    }

    /** @returns {Node[]} elements and texts that the selection touches */
    getTraversedNodes() {
        const { selection } = this.view.state;
        if (selection instanceof NodeSelection) {
            return [this.view.nodeDOM(selection.from)].filter(Boolean);
        }
        const { commonAncestorContainer, startContainer, startOffset, endContainer, endOffset } =
            this.getEditableSelection();
        const range = this.document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        if (commonAncestorContainer.nodeType === Node.TEXT_NODE) {
            return [commonAncestorContainer];
        }
        const walker = this.document.createTreeWalker(commonAncestorContainer);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (range.intersectsNode(node)) {
                found.push(node);
            }
        }
        return found.length ? found : [commonAncestorContainer];
    }

    /** @returns {Node[]} those of which nothing is outside of the selection */
    getSelectedNodes() {
        const { from, to } = this.view.state.selection;
        return this.getTraversedNodes().filter((node) => {
            const start = this.view.posAtDOM(node, 0);
            return start >= from && start + (node.textContent || "").length <= to;
        });
    }

    /** @returns {Set<Element>} */
    getTraversedBlocks() {
        return new Set(this.getTraversedNodes().map(closestBlock).filter(Boolean));
    }

    focusEditable() {
        this.view.focus();
    }
}
