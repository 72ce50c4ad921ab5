import { exprToBoolean } from "@web/core/utils/strings";
import { append, createElement } from "@web/core/utils/xml";
import { FormCompiler } from "@web/views/form/form_compiler";
import { toStringExpression } from "@web/views/utils";

const RECORD = "__comp__.props.record";
/** Pictures of applications that are no module. */
const ICONS = { general_settings: "/base/static/description/settings.png" };

/** Adds what settings pages are made of: `app`, `block`, `setting`. */
export class SettingsFormCompiler extends FormCompiler {
    setup() {
        super.setup();
        const own = { app: this.compileApp, block: this.compileBlock };
        this.compilers.unshift(...Object.entries(own).map(([selector, fn]) => ({ selector, fn })));
    }

    compileForm(el, params) {
        const apps = [...el.querySelectorAll(":scope > app")].filter(
            (app) => !exprToBoolean(app.getAttribute("notApp"))
        );
        const anchors = apps.flatMap((app) =>
            [...app.querySelectorAll("setting[id]")].map((setting) => ({
                app: app.getAttribute("name"),
                settingId: setting.getAttribute("id"),
            }))
        );
        const slot = createElement("t", { "t-set-slot": "default", "t-slot-scope": "settings" });
        this.compileChildren(el, slot, params);
        const page = createElement("SettingsPage", {
            modules: `[${apps.map((app) => this.describeApp(app)).join(", ")}]`,
            anchors: JSON.stringify(anchors),
            initialTab: `${RECORD}.context.module`,
        });
        append(page, slot);
        const root = createElement("div", {
            class: "o_form_renderer o_setting_page",
            "t-att-class": `{ o_form_editable: ${RECORD}.isInEdition }`,
        });
        append(root, page);
        return root;
    }

    /** The entry of an application on the left, as an expression. */
    describeApp(app) {
        const { imgurl, key, string } = this.appProps(app);
        const invisible = toStringExpression(app.getAttribute("invisible") || "False");
        const isVisible = `!__comp__.evaluateBooleanExpr(${invisible}, ${RECORD}.evalContextWithVirtualIds)`;
        return `{key: ${key}, string: ${string}, imgurl: ${imgurl}, isVisible: ${isVisible}}`;
    }

    /** What an application is called, as expressions. */
    appProps(app) {
        const name = app.getAttribute("name");
        const icon = app.getAttribute("logo") || ICONS[name] || `/${name}/static/description/icon.png`;
        return {
            key: toStringExpression(name),
            string: toStringExpression(app.getAttribute("string") || name),
            imgurl: toStringExpression(icon),
        };
    }

    compileApp(el, params) {
        const props = this.appProps(el);
        const app = createElement("SettingsApp", { ...props, isShown: `settings.isShown(${props.key})` });
        this.compileChildren(el, app, params);
        return app;
    }

    compileBlock(el, params) {
        const block = createElement("SettingsBlock");
        for (const [name, prop] of Object.entries({
            title: "title",
            help: "tip",
            id: "id",
            name: "name",
            class: "class",
        })) {
            if (el.hasAttribute(name)) {
                block.setAttribute(prop, toStringExpression(el.getAttribute(name)));
            }
        }
        this.compileChildren(el, block, params);
        return block;
    }

    /** Settings are found by their texts, unless they are the head of a page (`type="header"`). */
    compileSetting(el, params) {
        const plain = super.compileSetting(el, params);
        const isHeader = el.getAttribute("type") === "header";
        const compiled = createElement(isHeader ? "SettingHeader" : "SearchableSetting");
        for (const { name, value } of plain.attributes) {
            compiled.setAttribute(name, value);
        }
        append(compiled, [...plain.childNodes]);
        return compiled;
    }
}
