import { NodeSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { Plugin as ProseListener, PluginKey } from "prosemirror-state";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { classesOf, withClasses, withStyles } from "@html_editor/prose/attributes";
import { selectedNode } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";
import { ChoiceMenu } from "@html_editor/main/toolbar/choice_menu";
import { ImageTextPopover } from "@html_editor/main/media/image_text_popover";

const SIZES = [
    ["100%", _t("Full width")],
    ["50%", _t("Half")],
    ["25%", _t("Quarter")],
    ["", _t("Usual")],
];
/** Where a picture stands: classes, icon, label. */
const PLACES = [
    ["", "fa-align-left", _t("In the text")],
    ["float-start me-3", "fa-indent", _t("Left of the text")],
    ["d-block mx-auto", "fa-align-center", _t("In the middle")],
    ["float-end ms-3", "fa-outdent", _t("Right of the text")],
];
const PLACE_CLASS = /^(float-(start|end)|m[se]-3|mx-auto|d-block)$/;
/** Looks: command, class, icon, title. */
const SHAPES = [
    ["setImageShapeRounded", "rounded", "fa-square", _t("Rounded corners")],
    ["setImageShapeCircle", "rounded-circle", "fa-circle-o", _t("Circle")],
    ["setImageShapeShadow", "shadow", "fa-sun-o", _t("Shadow")],
    ["setImageShapeThumbnail", "img-thumbnail", "fa-picture-o", _t("Frame")],
];

/** What can be done with the picture that is selected. */
export class ImagePlugin extends Plugin {
    static id = "image";
    static dependencies = ["prose", "overlay"];

    resources = {
        user_commands: [
            ...SHAPES.map(([id, name, icon, title]) => ({ id, icon, title, run: () => this.toggleClass(name) })),
            { id: "resizeImage", title: _t("Size"), run: ({ size }) => this.resize(size) },
            { id: "deleteImage", title: _t("Remove"), icon: "fa-trash", run: () => this.remove() },
            { id: "previewImage", title: _t("Show"), icon: "fa-search-plus", run: () => this.preview() },
            { id: "describeImage", title: _t("Description"), icon: "fa-commenting-o", run: () => this.describe() },
        ],
        toolbar_namespaces: { id: "image", isApplied: () => Boolean(this.current()) },
        toolbar_groups: [
            { id: "image_shape", namespace: "image" },
            { id: "image_place", namespace: "image" },
            { id: "image_actions", namespace: "image" },
        ],
        toolbar_items: [
            ...SHAPES.map(([commandId, name]) => ({
                id: commandId.replace("setImageShape", "shape_").toLowerCase(),
                groupId: "image_shape",
                commandId,
                isActive: () => this.classes().includes(name),
            })),
            {
                id: "image_size",
                groupId: "image_place",
                title: _t("Size"),
                Component: ChoiceMenu,
                props: {
                    icon: "fa-arrows-h",
                    getItems: () => SIZES.map(([id, label]) => ({ id, label })),
                    onSelected: (size) => this.resize(size),
                },
            },
            {
                id: "image_position",
                groupId: "image_place",
                title: _t("Position"),
                Component: ChoiceMenu,
                props: {
                    icon: "fa-align-left",
                    getItems: () => PLACES.map(([id, icon, label]) => ({ id, icon, label })),
                    onSelected: (names) => this.change((attrs) => withClasses(attrs, split(names), PLACE_CLASS)),
                },
            },
            { id: "image_description", groupId: "image_actions", commandId: "describeImage" },
            { id: "image_preview", groupId: "image_actions", commandId: "previewImage" },
            { id: "image_delete", groupId: "image_actions", commandId: "deleteImage" },
        ],
    };

    current() {
        return selectedNode(this.dependencies.prose.getState(), "image");
    }

    classes() {
        return classesOf(this.current()?.attrs.attrs || {});
    }

    /** @param {(attrs: Record<string, string>) => Record<string, string>} change */
    change(change, others = {}) {
        const node = this.current();
        if (!node) {
            return;
        }
        this.dependencies.prose.run((state, dispatch) => {
            const { from } = state.selection;
            const tr = state.tr.setNodeMarkup(from, null, {
                ...node.attrs,
                ...others,
                attrs: change(node.attrs.attrs),
            });
            dispatch(tr.setSelection(NodeSelection.create(tr.doc, from)));
            return true;
        });
    }

    toggleClass(name) {
        const has = this.classes().includes(name);
        const pattern = new RegExp(`^${name}$`);
        this.change((attrs) => withClasses(attrs, has ? [] : [name], pattern));
    }

    resize(size) {
        this.change((attrs) => withStyles(attrs, { width: size || "", height: "" }));
    }

    remove() {
        this.dependencies.prose.run((state, dispatch) => {
            dispatch(state.tr.deleteSelection());
            return true;
        });
    }

    preview() {
        window.open(this.current().attrs.src, "_blank", "noopener");
    }

    /** Words for those who do not see the picture. */
    describe() {
        const view = this.dependencies.prose.getView();
        const target = view.nodeDOM(view.state.selection.from);
        const popover = this.dependencies.overlay.createOverlay(ImageTextPopover);
        popover.open({
            target: /** @type {HTMLElement} */ (target),
            props: {
                text: this.current().attrs.alt,
                onApply: (alt) => this.change((attrs) => attrs, { alt }),
            },
        });
    }
}

const split = (names) => names.split(" ").filter(Boolean);
const uploads = new PluginKey("html_editor_uploads");

/** Where files are put that are still on their way. */
export function uploadPlaces() {
    return new ProseListener({
        key: uploads,
        state: {
            init: () => DecorationSet.empty,
            apply(tr, places) {
                const moved = places.map(tr.mapping, tr.doc);
                const { add, remove } = tr.getMeta(uploads) || {};
                if (add) {
                    const options = { id: add.id, side: 1 };
                    return moved.add(tr.doc, [Decoration.widget(add.position, makeWaiting, options)]);
                }
                return remove ? moved.remove(moved.find(null, null, (spec) => spec.id === remove.id)) : moved;
            },
        },
        props: { decorations: (state) => uploads.getState(state) },
    });
}

function makeWaiting() {
    const el = document.createElement("span");
    el.className = "o_we_uploading fa fa-circle-o-notch fa-spin";
    el.setAttribute("role", "status");
    el.setAttribute("aria-label", _t("Uploading").toString());
    return el;
}

/** @returns {import("prosemirror-state").Transaction} which keeps a place for what is uploaded */
export function keepPlace(tr, id, position) {
    return tr.setMeta(uploads, { add: { id, position } });
}

/** @returns {number|undefined} where the place is by now, undefined when it is gone */
export function findPlace(state, id) {
    return uploads.getState(state).find(null, null, (spec) => spec.id === id)[0]?.from;
}

/** @returns {import("prosemirror-state").Transaction} */
export function leavePlace(tr, id) {
    return tr.setMeta(uploads, { remove: { id } });
}

/** @param {Object} attributes @returns {import("prosemirror-model").Node} */
export const makeImage = ({ src, alt = "", attrs = {} }) => schema.nodes.image.create({ src, alt, attrs });
