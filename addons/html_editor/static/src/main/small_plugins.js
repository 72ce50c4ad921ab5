/** Plugins with a single command or two. */
import { toggleMark } from "prosemirror-commands";
import { EmojiPicker, loadEmoji } from "@web/core/emoji_picker/emoji_picker";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { Plugin } from "@html_editor/plugin";
import { insertBlock } from "@html_editor/prose/commands";
import { parseSlice } from "@html_editor/prose/content";
import { isMarked } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";

const BANNERS = [
    ["info", "fa-info-circle", _t("Note"), _t("Something good to know")],
    ["success", "fa-check-circle", _t("Tip"), _t("Something that works well")],
    ["warning", "fa-exclamation-triangle", _t("Warning"), _t("Something to be careful with")],
    ["danger", "fa-exclamation-circle", _t("Danger"), _t("Something that must not be done")],
];

/** Boxes for what should not be missed. */
export class BannerPlugin extends Plugin {
    static id = "banner";
    static dependencies = ["prose"];

    resources = {
        user_commands: BANNERS.map(([kind, icon, title, description]) => ({
            id: `banner_${kind}`,
            title,
            description,
            icon,
            run: () => this.insert(kind),
        })),
        powerbox_categories: { id: "banner", name: _t("Boxes") },
        powerbox_items: BANNERS.map(([kind]) => ({ categoryId: "banner", commandId: `banner_${kind}` })),
    };

    insert(kind) {
        const attrs = { class: `o_editor_banner alert alert-${kind}`, role: "status" };
        const box = schema.nodes.container.create({ tag: "div", attrs }, schema.nodes.paragraph.create());
        this.dependencies.prose.run(insertBlock(box, { writeInside: true }));
    }
}

/** How many emojis the menu behind `:` shows. */
const SHOWN_EMOJIS = 8;

/** Emojis, by a picker or by their names. */
export class EmojiPlugin extends Plugin {
    static id = "emoji";
    static dependencies = ["prose", "dom", "overlay", "suggestion"];
    static shared = ["showEmojiPicker"];

    resources = {
        user_commands: {
            id: "addEmoji",
            title: _t("Emoji"),
            description: _t("A face, a hand or another sign"),
            icon: "fa-smile-o",
            run: () => this.showEmojiPicker(),
        },
        powerbox_categories: { id: "widget", name: _t("Signs") },
        powerbox_items: { categoryId: "widget", commandId: "addEmoji" },
        suggestion_triggers: { sign: ":", minimum: 2, getItems: (query) => this.find(query) },
    };

    showEmojiPicker({ target } = /** @type {any} */ ({})) {
        const view = this.dependencies.prose.getView();
        const { node } = view.domAtPos(view.state.selection.from);
        const beside = target || (node instanceof HTMLElement ? node : node.parentElement);
        const props = { onSelect: (emoji) => this.dependencies.dom.insertText(emoji) };
        this.dependencies.overlay
            .createOverlay(EmojiPicker, props, { popoverClass: "o-EmojiPicker-popover", position: "bottom-start" })
            .open({ target: beside });
    }

    async find(query) {
        const { emojis } = await loadEmoji();
        const wanted = query.toLowerCase();
        return emojis
            .filter(({ name, shortcodes = [] }) =>
                [name, ...shortcodes].some((text) => text.toLowerCase().replace(":", "").startsWith(wanted))
            )
            .slice(0, SHOWN_EMOJIS)
            .map(({ codepoints, name }) => ({
                title: `${codepoints} ${name}`,
                run: () => this.dependencies.dom.insertText(codepoints),
            }));
    }
}

/** Words of code inside of a line. */
export class InlineCodePlugin extends Plugin {
    static id = "inlineCode";
    static dependencies = ["prose"];

    resources = {
        user_commands: {
            id: "formatCode",
            title: _t("Code"),
            icon: "fa-code",
            run: () => this.dependencies.prose.run(toggleMark(schema.marks.code)),
        },
        toolbar_items: {
            id: "code",
            groupId: "decoration",
            commandId: "formatCode",
            isActive: () => isMarked(this.dependencies.prose.getState(), "code"),
        },
    };
}

/** The signature of the user. */
export class SignaturePlugin extends Plugin {
    static id = "signature";
    static dependencies = ["prose"];

    resources = {
        user_commands: {
            id: "insertSignature",
            title: _t("Signature"),
            description: _t("Your name as you set it in your preferences"),
            icon: "fa-pencil-square-o",
            run: () => this.insertSignature(),
            isAvailable: () => Boolean(this.services.orm),
        },
        powerbox_items: { categoryId: "widget", commandId: "insertSignature" },
    };

    async insertSignature() {
        const [values] = await this.services.orm.read("res.users", [user.userId], ["signature"]);
        if (values?.signature && !this.isDestroyed) {
            const slice = parseSlice(values.signature);
            this.dependencies.prose.run((state, dispatch) => {
                dispatch(state.tr.replaceSelection(slice).scrollIntoView());
                return true;
            });
        }
    }
}

const STARS = { addStars3: 3, addStars5: 5 };

/** Stars of a rating, which are clicked. */
export class StarPlugin extends Plugin {
    static id = "star";
    static dependencies = ["prose", "dom"];

    resources = {
        user_commands: [
            ...Object.entries(STARS).map(([id, count]) => ({
                id,
                title: _t("%s stars", count),
                description: _t("A rating that is given with a click"),
                icon: "fa-star-o",
                run: () => this.addStars(count),
            })),
            { id: "addStars", title: _t("Stars"), run: ({ length = 3 }) => this.addStars(length) },
        ],
        powerbox_items: Object.keys(STARS).map((commandId) => ({ categoryId: "widget", commandId })),
    };

    setup() {
        this.addDomListener(this.editable, "click", (ev) => this.onClick(ev));
    }

    addStars(count) {
        const star = () => schema.nodes.icon.create({ tag: "i", attrs: { class: "fa fa-star-o o_stars" } });
        this.dependencies.prose.run((state, dispatch) => {
            const stars = Array.from({ length: count }, star);
            dispatch(state.tr.replaceWith(state.selection.from, state.selection.to, [...stars, schema.text(" ")]));
            return true;
        });
    }

    /** Those up to the one that is clicked are given; the only one that is given can be taken back. */
    onClick(ev) {
        const { prose } = this.dependencies;
        const view = prose.getView();
        if (!(ev.target instanceof HTMLElement) || !ev.target.matches("i.o_stars")) {
            return;
        }
        const position = view.posAtDOM(ev.target, 0);
        const $place = view.state.doc.resolve(position);
        const { parent } = $place;
        const isStar = (node) => node?.type.name === "icon" && /\bo_stars\b/.test(node.attrs.attrs.class);
        const clicked = $place.index();
        let first = clicked;
        while (first > 0 && isStar(parent.child(first - 1))) {
            first--;
        }
        const isGiven = (node) => /\bfa-star\b(?!-)/.test(node.attrs.attrs.class);
        const next = parent.maybeChild(clicked + 1);
        const isLast = isGiven(parent.child(clicked)) && !(isStar(next) && isGiven(next));
        const given = isLast ? clicked : clicked + 1;
        const { tr } = view.state;
        let place = $place.start();
        parent.forEach((node, offset, index) => {
            place = $place.start() + offset;
            if (index >= first && isStar(node) && !hasGap(parent, first, index, isStar)) {
                const name = index < given ? "fa-star" : "fa-star-o";
                tr.setNodeMarkup(place, null, { ...node.attrs, attrs: { class: `fa ${name} o_stars` } });
            }
        });
        prose.dispatch(tr);
    }
}

function hasGap(parent, first, last, isStar) {
    for (let index = first; index <= last; index++) {
        if (!isStar(parent.child(index))) {
            return true;
        }
    }
    return false;
}
