import { CellSelection } from "prosemirror-tables";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { styleOf, withClasses, withStyles } from "@html_editor/prose/attributes";
import { changeTextStyle, textStyles } from "@html_editor/prose/commands";
import { ColorMenu } from "@html_editor/main/color/color_menu";

const PROPERTIES = { color: "color", backgroundColor: "background-color" };
const CLASSES = { color: /^text-(?!start|end|center|justify)/, backgroundColor: /^bg-/ };
/** Colours of the theme are classes. */
const NAMED = /^(text|bg)-/;

/** Colours of text, of what is behind it, and of cells. */
export class ColorPlugin extends Plugin {
    static id = "color";
    static dependencies = ["prose"];
    static shared = ["applyColor", "getColor"];

    resources = {
        user_commands: {
            id: "applyColor",
            title: _t("Colour"),
            run: ({ color, mode }) => this.applyColor(color, mode),
        },
        toolbar_groups: { id: "color" },
        toolbar_items: [
            this.item("forecolor", "color", "fa-font", _t("Text colour")),
            this.item("backcolor", "backgroundColor", "fa-paint-brush", _t("Background colour")),
        ],
    };

    item(id, mode, icon, title) {
        const props = {
            icon,
            getColor: () => this.getColor(mode),
            onSelected: (color) => this.applyColor(color, mode),
        };
        return { id, groupId: "color", title, Component: ColorMenu, props };
    }

    /** @param {"color"|"backgroundColor"} mode @returns {string} of all that is selected, "" where it differs */
    getColor(mode) {
        const state = this.dependencies.prose.getState();
        const found = new Set(textStyles(state).map((attrs) => styleOf(attrs, PROPERTIES[mode])));
        const [color] = found;
        return found.size === 1 ? color : "";
    }

    /** @param {string} color a colour or the class of one; "" for none @param {"color"|"backgroundColor"} mode */
    applyColor(color, mode = "color") {
        const { prose } = this.dependencies;
        if (this.delegateTo("color_apply_overrides", color, mode)) {
            return;
        }
        const isNamed = NAMED.test(color);
        const paint = (attrs) =>
            withStyles(withClasses(attrs, isNamed ? [color] : [], CLASSES[mode]), {
                [PROPERTIES[mode]]: isNamed ? "" : color,
            });
        const { selection } = prose.getState();
        if (mode === "backgroundColor" && selection instanceof CellSelection) {
            prose.run((state, dispatch) => {
                const { tr } = state;
                selection.forEachCell((cell, position) => {
                    tr.setNodeMarkup(position, null, { ...cell.attrs, attrs: paint(cell.attrs.attrs) });
                });
                dispatch(tr);
                return true;
            });
            return;
        }
        prose.run(changeTextStyle(paint));
    }
}
