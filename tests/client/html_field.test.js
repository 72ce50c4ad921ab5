import { markup } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { registry } from "@web/core/registry";
import "@html_editor/register";
import { HtmlField } from "@html_editor/fields/html_field";
import { hasFullHtml, HtmlViewer } from "@html_editor/fields/html_viewer";
import { MediaDialog } from "@html_editor/main/media/media_dialog/media_dialog";
import { Plugin } from "@html_editor/plugin";
import { insertText, typing } from "./editor_page";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";
import { save, settle, showFields } from "./form_page";

const html = { type: "html", string: "Notes" };
const services = { company: { currentCompany: { id: 1 } } };

async function shown(options = "", value = "<p>Hello</p>", field = html) {
    const node = `<field name='x' ${options}/>`;
    const found = await showFields(node, { x: field }, { x: value }, { services });
    await settle();
    return { ...found, text: () => found.page.querySelector(".odoo-editor-editable") };
}

describe("E29: the field", () => {
    test("is saved by the button, and left as it is where nothing changed", async () => {
        const { page, saved, text, calls } = await shown();
        expect(text().getAttribute("aria-label")).toBe("Notes");
        await save(page);
        expect(calls.filter(({ params }) => params.method === "web_save")).toEqual([]);
        insertText(typing(text()), "Oh ");
        await nextFrame();
        expect(page.querySelector(".o_form_status_indicator_buttons").classList.contains("invisible")).toBe(false);
        await save(page);
        expect(saved()).toEqual({ x: "<p>Oh Hello</p>" });
    });

    test("changes from outside are shown, and what was discarded is gone", async () => {
        const { page, text } = await shown();
        insertText(typing(text()), "Oh ");
        text().dispatchEvent(new FocusEvent("blur"));
        await settle();
        page.querySelector(".o_form_button_cancel").click();
        await settle();
        expect(text().textContent).toBe("Hello");
    });

    test("who goes on writing after a save keeps his place in what the server made of the text", async () => {
        const web_save = () => [{ id: 1, x: "<p>Oh Hello</p><p>by the server</p>" }];
        const field = "<field name='x'/>";
        const { page } = await showFields(
            field,
            { x: html },
            { x: "<p>Hello</p>" },
            { services, answers: { web_save } }
        );
        await settle();
        const { editor } = typing(page.querySelector(".odoo-editor-editable"));
        editor.view.focus();
        insertText(editor, "Oh ");
        await nextFrame();
        await save(page);
        expect(editor.isDestroyed).toBe(false);
        insertText(editor, "my ");
        expect(editor.getContent()).toBe("<p>Oh my Hello</p><p>by the server</p>");
    });

    test("a pending picture is waited for", async () => {
        const { page, saved, text } = await shown();
        const { editor } = typing(text());
        let end;
        const [plugin] = editor.plugins.filter(({ constructor }) => constructor.id === "media");
        plugin.pending.add(new Promise((resolve) => (end = resolve)));
        insertText(editor, "a");
        await nextFrame();
        page.querySelector(".o_form_button_save").click();
        await settle();
        expect(saved()).toBe(undefined);
        end();
        await settle();
        expect(saved()).toEqual({ x: "<p>aHello</p>" });
    });

    test("readers get what is written, and links that leave the page where it is", async () => {
        const { page, text } = await shown("readonly='1'", markup('<p><a href="https://example.com">a</a></p>'));
        expect(text()).toBe(null);
        const link = page.querySelector(".o_readonly a");
        expect([link.target, link.rel]).toEqual(["_blank", "noreferrer noopener"]);
    });

    test("pages with a head, and those that ask for it, are shown in a frame where nothing runs", async () => {
        const whole = "<html><head><style>p {color: red}</style></head><body><p>a</p></body></html>";
        const first = await shown("", whole);
        expect(first.text()).toBe(null);
        const frame = first.page.querySelector("iframe.o_readonly");
        expect(frame.getAttribute("sandbox")).not.toContain("allow-scripts");
        expect(frame.srcdoc).toBe(whole);
        const second = await shown("readonly='1' options=\"{'sandboxedPreview': true}\"");
        expect(second.page.querySelector("iframe.o_readonly").srcdoc).toContain("<p>Hello</p>");
        expect(hasFullHtml("<p>style</p>")).toBe(false);
    });

    test("options reach the editor", async () => {
        const options = "options=\"{'height': 120, 'disableImage': true}\" placeholder='Write'";
        const { text } = await shown(options, "");
        expect(text().style.height).toBe("120px");
        expect(text().querySelector("[data-hint='Write']")).not.toBe(null);
        const { config } = typing(text()).editor;
        // videos would not survive the server
        expect([config.disableImage, config.disableVideo, config.disableFile]).toEqual([true, true, false]);
        const free = await shown("", "", { ...html, sanitize: false });
        expect(typing(free.text()).editor.config.disableVideo).toBe(false);
    });

    test("addons extend the field with plugins of theirs", async () => {
        class Mine extends Plugin {
            static id = "mine";
        }
        class MyField extends HtmlField {
            getConfig() {
                const config = super.getConfig();
                return { ...config, Plugins: [...config.Plugins, Mine], onChange: () => this.onChange() };
            }
        }
        const { htmlField } = await import("@html_editor/fields/html_field");
        registry.category("fields").add("my_html", { ...htmlField, component: MyField });
        afterThis(() => registry.category("fields").remove("my_html"));
        const { page, saved, text } = await shown("widget='my_html'");
        expect(typing(text()).editor.shared.mine).toEqual({});
        insertText(typing(text()), "a");
        await save(page);
        expect(saved()).toEqual({ x: "<p>aHello</p>" });
    });

    test("fills the window, and comes back", async () => {
        const { page } = await shown();
        page.querySelector(".o_html_wide_btn").click();
        await settle();
        expect(page.querySelector(".o_html_field_wide .o-we-toolbar.o_we_fixed")).not.toBe(null);
        page.querySelector(".o_html_wide_btn").click();
        await settle();
        expect(page.querySelector(".o_html_field_wide, .o-we-toolbar")).toBe(null);
    });
});

test("E30: what readers see can be changed by those who extend it", async () => {
    class Loud extends HtmlViewer {
        formatValue(value) {
            return markup(String(value).toUpperCase());
        }
    }
    const place = await mount(Loud, { props: { config: { value: markup("<p>a</p>") } } });
    expect(place.querySelector("p").textContent).toBe("A");
});

describe("E19: media", () => {
    const picture = { id: 4, name: "a.png", mimetype: "image/png", image_src: "/web/static/a.png" };

    async function dialog(props = {}, answers = {}) {
        const calls = answerRpc((route, params) => (answers[params.method || route] || (() => []))(params));
        const env = await makeTestEnv(["dialog", "hotkey", "notification", "overlay", "popover", "ui", "orm"]);
        const save = vi.fn();
        await mount(MediaDialog, { env, props: { save, close: vi.fn(), resModel: "thing", resId: 3, ...props } });
        const find = (selector) => document.querySelector(`.o_media_dialog ${selector}`);
        return { calls, find, save };
    }

    test("pictures of the record are found and chosen", async () => {
        const { calls, find, save } = await dialog(
            {},
            { search_read: () => [picture], web_search_read: () => [picture] }
        );
        expect(JSON.stringify(calls[0].params.kwargs)).toContain('["res_model","=","thing"]');
        find(".o_existing_attachment_cell").click();
        const [[element]] = save.mock.calls;
        expect(element.getAttribute("src")).toBe("/web/static/a.png");
        expect(element.dataset.attachmentId).toBe("4");
    });

    test("only what may be used is offered; the asked one is first", async () => {
        const { find } = await dialog({ noImages: true, noVideos: true, activeTab: "ICONS" });
        const tabs = [...document.querySelectorAll("[data-tab]")].map((tab) => tab.dataset.tab);
        expect(tabs).toEqual(["DOCUMENTS", "ICONS"]);
        expect(find("[aria-selected=true]").dataset.tab).toBe("ICONS");
    });

    test("videos are looked at before they are taken; what is none is told", async () => {
        const answers = {
            "/html_editor/video_url/data": ({ video_url: url }) =>
                url === "good" ? { embed_url: "about:blank" } : { error: true },
        };
        const { find, save } = await dialog({ activeTab: "VIDEOS" }, answers);
        const ask = async (text) => {
            find(".o_we_url_input").value = text;
            find(".o_we_url_input").dispatchEvent(new Event("input", { bubbles: true }));
            await nextFrame();
            find("form button").click();
            await settle();
        };
        await ask("bad");
        expect(find("[role=alert]")).not.toBe(null);
        await ask("good");
        find(".o_we_add_video").click();
        expect(save.mock.calls[0][0].dataset.oeExpression).toBe("about:blank");
    });
});
