import { createElement } from "@web/core/utils/xml";
import { FormCompiler } from "@web/views/form/form_compiler";
import { toStringExpression } from "@web/views/utils";

/** Adds what settings pages are made of: `app`, `block`, `setting`. */
export class SettingsFormCompiler extends FormCompiler {
    setup() {
        super.setup();
        const own = { app: this.compileApp, block: this.compileBlock };
        this.compilers.unshift(...Object.entries(own).map(([selector, fn]) => ({ selector, fn })));
    }

    compileForm(el, params) {
        const page = createElement("SettingsPage");
        const apps = [...el.querySelectorAll(":scope > app")].filter((app) => app.getAttribute("notApp") !== "1");
        page.setAttribute(
            "apps",
            JSON.stringify(
                apps.map((app) => ({
                    key: app.getAttribute("name"),
                    string: app.getAttribute("string") || app.getAttribute("name"),
                    logo: app.getAttribute("logo") || "",
                }))
            )
        );
        page.setAttribute("initialTab", "__comp__.props.record.context.module");
        const slot = createElement("t", { "t-set-slot": "default", "t-slot-scope": "settings" });
        this.compileChildren(el, slot, params);
        page.append(slot);
        const root = createElement("div", {
            class: "o_form_renderer o_setting_page",
            "t-att-class": "{ o_form_editable: __comp__.props.record.isInEdition }",
        });
        root.append(page);
        return root;
    }

    compileApp(el, params) {
        const name = el.getAttribute("name");
        const app = createElement("div", {
            class: "app_settings_block",
            "data-key": name,
            "t-if": `settings.isShown(${toStringExpression(name)})`,
        });
        this.compileChildren(el, app, params);
        return app;
    }

    compileBlock(el, params) {
        const block = createElement("div", { class: `o_settings_block ${el.getAttribute("class") || ""}` });
        const title = el.getAttribute("title");
        if (title) {
            const heading = createElement("h2", { class: "o_settings_title" });
            heading.textContent = title;
            block.append(heading);
        }
        const help = el.getAttribute("help");
        if (help) {
            const text = createElement("p", { class: "text-muted" });
            text.textContent = help;
            block.append(text);
        }
        const container = createElement("div", { class: "o_settings_container" });
        for (const name of ["id", "name"]) {
            if (el.hasAttribute(name)) {
                container.setAttribute(name, el.getAttribute(name));
            }
        }
        this.compileChildren(el, container, params);
        block.append(container);
        return block;
    }
}
