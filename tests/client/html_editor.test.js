import { Component, markup, xml } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { Editor } from "@html_editor/editor";
import { HtmlViewer } from "@html_editor/fields/html_viewer";
import { MAIN_EMBEDDINGS } from "@html_editor/fields/embeddings/embedding_sets";
import { playerUrl } from "@html_editor/fields/embeddings/video";
import { getEmbeddedProps } from "@html_editor/others/embedded_component_utils";
import { Plugin } from "@html_editor/plugin";
import { CORE_PLUGINS, EXTRA_PLUGINS, MAIN_PLUGINS } from "@html_editor/plugin_sets";
import { withSequence } from "@html_editor/utils/resource";
import { afterThis, answerRpc, mount, nextFrame } from "./mount";
import { execCommand, insertText, outcome, paste, plainEditor, press, setupEditor } from "./editor_page";

const quiet = { Plugins: CORE_PLUGINS };

describe("E1, E2: editors", () => {
    test("an editor is attached once, tells when it is ready, and gives the content back", async () => {
        const ready = vi.fn();
        const config = {
            content: "<p>a</p>",
            classList: ["mine"],
            height: "80px",
            direction: "rtl",
            onEditorReady: ready,
        };
        const { editor, el } = await plainEditor({ ...config, placeholder: "Write" });
        editor.attachTo(el);
        expect(ready).toHaveBeenCalledTimes(1);
        expect(() => editor.attachTo(el)).toThrow();
        expect(el.matches(".odoo-editor-editable.mine[contenteditable=true][dir=rtl]")).toBe(true);
        expect(el.style.height).toBe("80px");
        expect(Object.isFrozen(editor.resources)).toBe(true);
        expect(editor.getElContent().textContent).toBe("a");
        editor.destroy();
        expect(editor.isDestroyed).toBe(true);
        expect(editor.plugins.every((plugin) => plugin.isDestroyed)).toBe(true);
    });

    test("changes are told, and nothing is nothing", async () => {
        const onChange = vi.fn();
        const { editor } = await setupEditor("", { config: { onChange } });
        expect(editor.getContent()).toBe("");
        insertText(editor, "a");
        expect(onChange).toHaveBeenCalledTimes(1);
        expect(editor.getContent()).toBe("<p>a</p>");
    });

    test("content stays as it came", async () => {
        for (const content of [
            '<p class="lead" style="color: red;">a<br>b</p>',
            "<p>a<br><br></p><p><br></p>",
            '<div class="row"><div class="col-6">a</div><div class="col-6"><p>b</p></div></div>',
            '<section data-name="x"><h3>t</h3><p>a <small>b</small> <abbr title="c">d</abbr></p></section>',
            "<ul><li>a</li><li><p>b</p></li><li><p>c</p><ul><li>d</li></ul></li></ul>",
            '<ol start="3"><li>a</li></ol>',
            '<ul class="o_checklist"><li class="o_checked">a</li><li>b</li></ul>',
            '<table class="t"><caption>c</caption><colgroup><col></colgroup><thead><tr><th>h</th></tr></thead><tbody><tr><td style="width: 10px;">a</td></tr></tbody></table>',
            '<p><t t-out="object.name">Name</t></p>',
            '<t t-if="object.x"><p>a</p></t>',
            '<div data-oe-protected="true"><b>as it is</b><div></div><p></p></div>',
            '<p><a href="https://example.com" class="btn">a <strong>b</strong></a></p>',
            '<p><img src="/web/image/1" alt="x" class="img-fluid" style="width: 50%;"></p>',
            "<blockquote>a</blockquote><pre>a\n  b</pre><hr>",
            '<p>a <i class="fa fa-star"></i> b</p>',
        ]) {
            expect(await outcome(content, () => {})).toBe(content);
        }
    });

    test("what would run is not there", async () => {
        const content = await outcome(
            '<p onclick="x()">a<a href="javascript:x()">b</a><script>x()</script></p>',
            () => {}
        );
        expect(content).not.toMatch(/x\(\)/);
    });
});

describe("E3 to E9: plugins", () => {
    class One extends Plugin {
        static id = "one";
        static dependencies = ["two"];
        resources = {
            things: ["last", withSequence(1, "first")],
            small_overrides: () => this.dependencies.two.tell("one"),
        };
    }
    class Two extends Plugin {
        static id = "two";
        static shared = ["tell"];
        told = [];
        resources = { things: "middle", small_overrides: () => true, big_handlers: (what) => this.told.push(what) };
        tell(who) {
            this.told.push(who);
        }
    }
    const attached = async (...Plugins) => {
        const { editor, el } = await plainEditor({
            Plugins: [...CORE_PLUGINS, ...Plugins],
            resources: { things: "given" },
        });
        editor.attachTo(el);
        return editor;
    };

    test("plugins come behind those that they need; what they add is in order", async () => {
        const editor = await attached(One, Two);
        const ids = editor.plugins.map(({ constructor }) => constructor.id);
        expect(ids.indexOf("two")).toBeLessThan(ids.indexOf("one"));
        expect(editor.resources.things).toEqual(["first", "given", "middle", "last"]);
    });

    test("functions are all called, or until one has done it", async () => {
        const editor = await attached(One, Two);
        const [two] = editor.plugins.filter(({ constructor }) => constructor === Two);
        two.dispatchTo("big_handlers", "told");
        expect(two.delegateTo("small_overrides")).toBe(true);
        expect(two.delegateTo("none_overrides")).toBe(false);
        expect(two.told).toEqual(["told"]);
    });

    test("plugins that do not fit are refused", async () => {
        const wrong = [
            [class extends Plugin {}, /no id/],
            [
                class extends Plugin {
                    static id = "history";
                },
                /Two plugins/,
            ],
            [
                class extends Plugin {
                    static id = "x";
                    static dependencies = ["a", "b"];
                },
                /a, b/,
            ],
            [
                class extends Plugin {
                    static id = "x";
                    static shared = ["y"];
                },
                /"y"/,
            ],
        ];
        for (const [Wrong, message] of wrong) {
            await expect(attached(Wrong)).rejects.toThrow(message);
        }
        expect(() => withSequence("1", {})).toThrow();
    });

    test("commands have ids of their own, and listeners go with the editor", async () => {
        class Twice extends Plugin {
            static id = "twice";
            resources = { user_commands: { id: "formatBold", run() {} } };
        }
        await expect(attached(Twice)).rejects.toThrow(/formatBold/);
        const clicked = vi.fn();
        class Listens extends Plugin {
            static id = "listens";
            setup() {
                this.addDomListener(this.editable, "click", clicked);
            }
        }
        const editor = await attached(Listens);
        editor.editable.click();
        editor.editable.insertAdjacentHTML("beforeend", '<div data-oe-protected="true"><b>x</b></div>');
        editor.editable.querySelector("[data-oe-protected] b").click();
        editor.destroy();
        editor.editable.click();
        expect(clicked).toHaveBeenCalledTimes(1);
    });

    test("what a plugin changes in the page is a step", async () => {
        const { editor, el } = await setupEditor("<p>a[]</p>");
        el.querySelector("p").append("b");
        editor.shared.history.addStep();
        expect(editor.getContent()).toBe("<p>ab</p>");
        execCommand(editor, "historyUndo");
        expect(editor.getContent()).toBe("<p>a</p>");
    });
});

describe("E10 to E15: what can be done", () => {
    test("sets have plugins under their names", () => {
        const ids = new Set(MAIN_PLUGINS.map(({ id }) => id));
        for (const id of [
            "align",
            "banner",
            "clipboard",
            "color",
            "delete",
            "dialog",
            "dom",
            "emoji",
            "font",
            "format",
        ]) {
            expect(ids).toContain(id);
        }
        for (const id of [
            "hint",
            "history",
            "image",
            "link",
            "list",
            "media",
            "overlay",
            "powerbox",
            "selection",
            "table",
        ]) {
            expect(ids).toContain(id);
        }
    });

    test.each([
        ["formatBold", undefined, "<p>a[b]c</p>", "<p>a<strong>b</strong>c</p>"],
        ["formatBold", undefined, "<p>a<strong>[b]</strong>c</p>", "<p>abc</p>"],
        ["formatItalic", undefined, "<p>[b]</p>", "<p><em>b</em></p>"],
        ["formatUnderline", undefined, "<p>[b]</p>", "<p><u>b</u></p>"],
        ["formatStrikethrough", undefined, "<p>[b]</p>", "<p><s>b</s></p>"],
        ["formatFontSize", { size: "20px" }, "<p>[b]</p>", '<p><span style="font-size: 20px;">b</span></p>'],
        ["formatFontSizeClassName", { className: "h2-fs" }, "<p>[b]</p>", '<p><span class="h2-fs">b</span></p>'],
        ["removeFormat", undefined, '<p>[<font color="red"><b>b</b></font>]</p>', "<p>b</p>"],
        ["applyColor", { color: "red", mode: "color" }, "<p>[b]</p>", '<p><span style="color: red;">b</span></p>'],
        ["applyColor", { color: "", mode: "color" }, '<p><span style="color: red;">[b]</span></p>', "<p>b</p>"],
        [
            "applyColor",
            { color: "bg-warning", mode: "backgroundColor" },
            "<p>[b]</p>",
            '<p><span class="bg-warning">b</span></p>',
        ],
        ["setTag", { tagName: "h2" }, "<p>a[]</p>", "<h2>a</h2>"],
        ["setTagHeading1", undefined, "<p>a[]</p>", "<h1>a</h1>"],
        ["setTagPre", undefined, "<p>a[]</p>", "<pre>a</pre>"],
        ["setTagParagraph", undefined, "<h1>a[]</h1>", "<p>a</p>"],
        ["setTagQuote", undefined, "<p>a[]</p>", "<blockquote><p>a</p></blockquote>"],
        ["toggleListUL", undefined, "<p>a[]</p>", "<ul><li>a</li></ul>"],
        ["toggleListOL", undefined, "<ul><li>a[]</li></ul>", "<ol><li>a</li></ol>"],
        ["toggleListCL", undefined, "<ul><li>a[]</li></ul>", '<ul class="o_checklist"><li>a</li></ul>'],
        ["toggleList", { mode: "UL" }, "<ul><li>a[]</li></ul>", "<p>a</p>"],
        ["alignCenter", undefined, "<p>a[]</p>", '<p style="text-align: center;">a</p>'],
        ["alignLeft", undefined, '<p style="text-align: center;">a[]</p>', "<p>a</p>"],
        ["switchDirection", undefined, "<p>a[]</p>", '<p dir="rtl">a</p>'],
        ["insertSeparator", undefined, "<p>a[]</p>", "<p>a</p><hr><p><br></p>"],
        [
            "banner_info",
            undefined,
            "<p>[]</p>",
            '<div class="o_editor_banner alert alert-info" role="status"><p><br></p></div><p><br></p>',
        ],
        ["formatCode", undefined, "<p>[a]</p>", "<p><code>a</code></p>"],
        ["removeLinkFromSelection", undefined, '<p><a href="/x">a[]b</a></p>', "<p>ab</p>"],
        [
            "insertTable",
            { rows: 1, cols: 2 },
            "<p>[]</p>",
            '<table class="table table-bordered o_table"><tbody><tr><td><br></td><td><br></td></tr></tbody></table><p><br></p>',
        ],
        ["deleteBackward", undefined, "<p>ab[]</p>", "<p>a</p>"],
        ["deleteForwardWord", undefined, "<p>[]one two</p>", "<p> two</p>"],
        ["deleteBackward", undefined, "<p>a</p><p>[]b</p>", "<p>ab</p>"],
        [
            "addStars",
            { length: 2 },
            "<p>[]</p>",
            '<p><i class="fa fa-star-o o_stars"></i><i class="fa fa-star-o o_stars"></i> </p>',
        ],
    ])("%s %j of %s", async (id, params, before, after) => {
        // a paragraph of a list is one of its own only where it came as one
        const content = await outcome(before, (editor) => execCommand(editor, id, params));
        expect(content).toBe(after);
    });

    test.each([
        ["b", "<p><strong>b</strong></p>"],
        ["i", "<p><em>b</em></p>"],
        ["u", "<p><u>b</u></p>"],
        ["5", "<p><s>b</s></p>"],
    ])("E14: control and %s", async (key, after) => {
        const { editor } = await setupEditor("<p>[b]</p>");
        const above = vi.fn();
        document.addEventListener("keydown", above);
        afterThis(() => document.removeEventListener("keydown", above));
        expect(press(editor, key, { ctrlKey: true }).defaultPrevented).toBe(true);
        expect(editor.getContent()).toBe(after);
        // keys of the editor are not those of the page
        expect(above).not.toHaveBeenCalled();
        press(editor, "z", { ctrlKey: true });
        expect(editor.getContent()).toBe("<p>b</p>");
        press(editor, "y", { ctrlKey: true });
        expect(editor.getContent()).toBe(after);
    });

    test("Tab goes deeper in lists and on in tables, and leaves the editor elsewhere", async () => {
        const list = await setupEditor("<ul><li>a</li><li>b[]</li></ul>");
        press(list.editor, "Tab");
        expect(list.editor.getContent()).toBe("<ul><li><p>a</p><ul><li>b</li></ul></li></ul>");
        press(list.editor, "Tab", { shiftKey: true });
        expect(list.editor.getContent()).toBe("<ul><li>a</li><li>b</li></ul>");
        const table = await setupEditor("<table><tbody><tr><td>a[]</td></tr></tbody></table>");
        press(table.editor, "Tab");
        insertText(table.editor, "b");
        expect(table.editor.getContent()).toContain("<tr><td>a</td></tr><tr><td>b</td></tr>");
        const text = await setupEditor("<p>a[]</p>");
        expect(press(text.editor, "Tab").defaultPrevented).toBe(false);
    });

    test.each([
        ["# a", "<h1>a</h1>"],
        ["### a", "<h3>a</h3>"],
        ["* a", "<ul><li><p>a</p></li></ul>"],
        ["- a", "<ul><li><p>a</p></li></ul>"],
        ["1. a", "<ol><li><p>a</p></li></ol>"],
        ["a) b", '<ol style="list-style: lower-alpha;"><li><p>b</p></li></ol>'],
        ["[] a", '<ul class="o_checklist"><li><p>a</p></li></ul>'],
        ["> a", "<blockquote><p>a</p></blockquote>"],
        ["a `b`", "<p>a <code>b</code></p>"],
        [
            "www.example.com b",
            '<p><a href="https://www.example.com" target="_blank" rel="noreferrer noopener">www.example.com</a> b</p>',
        ],
    ])("E15: what is typed as %s", async (typed, after) => {
        expect(
            await outcome("<p>x</p>", (editor) => {
                editor.view.dispatch(editor.view.state.tr.delete(1, 2));
                insertText(editor, typed);
            })
        ).toBe(after);
    });

    test("boxes are ticked by a click and by the keyboard", async () => {
        const { editor, el } = await setupEditor('<ul class="o_checklist"><li>a[]</li><li>b</li></ul>');
        el.querySelectorAll("input[type=checkbox]")[1].click();
        expect(editor.getContent()).toBe('<ul class="o_checklist"><li>a</li><li class="o_checked">b</li></ul>');
        press(editor, "Enter", { ctrlKey: true });
        expect(editor.getContent()).toContain('<li class="o_checked">a</li>');
    });

    test("stars are given by a click", async () => {
        const { editor, el } = await setupEditor("<p>[]</p>");
        execCommand(editor, "addStars3");
        el.querySelectorAll(".o_stars")[1].click();
        expect(el.querySelectorAll(".o_stars.fa-star").length).toBe(2);
    });
});

describe("E15: the powerbox", () => {
    const items = () => [...document.querySelectorAll(".o-we-powerbox .o-we-command-name")].map((el) => el.textContent);

    test("finds what can be inserted, by the keyboard", async () => {
        const { editor, el } = await setupEditor("<p>a []</p>");
        insertText(editor, "/");
        await nextFrame();
        expect(items()).toContain("Heading 1");
        insertText(editor, "bullet");
        await nextFrame();
        expect(items()[0]).toBe("Bullet list");
        expect(el.getAttribute("aria-activedescendant")).toBe("o_we_suggestion_0");
        press(editor, "ArrowDown");
        press(editor, "ArrowUp");
        press(editor, "Enter");
        await nextFrame();
        expect(items()).toEqual([]);
        expect(editor.getContent()).toBe("<ul><li>a </li></ul>");
    });

    test("closes where nothing is found, comes back where something is, and goes with Escape", async () => {
        const { editor } = await setupEditor("<p>[]</p>");
        insertText(editor, "/xqz");
        await nextFrame();
        expect(items()).toEqual([]);
        editor.view.dispatch(editor.view.state.tr.delete(2, 5));
        await nextFrame();
        expect(items().length).toBeGreaterThan(10);
        press(editor, "Escape");
        insertText(editor, "h");
        await nextFrame();
        expect(items()).toEqual([]);
        // inside of a word it is a sign like others
        insertText(editor, " a/b");
        await nextFrame();
        expect(items()).toEqual([]);
    });

    test("addons add signs of their own, such as for people", async () => {
        const run = vi.fn();
        const trigger = { sign: "@", getItems: async (query) => [{ title: `Ann ${query}`, run }] };
        const { editor } = await setupEditor("<p>[]</p>", { config: { resources: { suggestion_triggers: trigger } } });
        insertText(editor, "@a");
        await vi.waitFor(() => expect(items()).toEqual(["Ann a"]));
        document.querySelector(".o-we-command").click();
        expect(run).toHaveBeenCalledTimes(1);
        expect(editor.getContent()).toBe("");
    });
});

describe("E16: the toolbar", () => {
    const button = (name) => document.querySelector(`.o-we-toolbar button[name='${name}']`);

    test("comes to what is selected and shows how it looks", async () => {
        const { editor } = await setupEditor("<p><strong>[b]</strong>c</p>");
        await vi.waitFor(() => expect(button("bold")).not.toBe(null));
        expect(button("bold").getAttribute("aria-pressed")).toBe("true");
        expect(button("italic").getAttribute("aria-pressed")).toBe("false");
        button("italic").click();
        expect(editor.getContent()).toBe("<p><strong><em>b</em></strong>c</p>");
        press(editor, "Escape");
        await vi.waitFor(() => expect(button("bold")).toBe(null));
    });

    test("is reached by the keyboard, and left", async () => {
        const { editor, el } = await setupEditor("<p>b[]</p>");
        press(editor, "F10", { altKey: true });
        await vi.waitFor(() => expect(document.activeElement.closest(".o-we-toolbar")).not.toBe(null));
        const first = document.activeElement;
        first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        expect(document.activeElement).not.toBe(first);
        expect(document.activeElement.tabIndex).toBe(0);
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        expect(document.activeElement).toBe(el);
    });

    test("stays where the screen is small", async () => {
        await setupEditor("<p>a[]</p>", { size: [390, 844] });
        await vi.waitFor(() => expect(document.querySelector(".o-we-toolbar.o_we_fixed")).not.toBe(null));
    });

    test("stays above the text where that is asked for, with undo and insert", async () => {
        const { editor } = await setupEditor("<p>a[]</p>", { props: { toolbar: true } });
        await nextFrame();
        expect(button("undo").disabled).toBe(true);
        insertText(editor, "b");
        await nextFrame();
        button("undo").click();
        expect(editor.getContent()).toBe("<p>a</p>");
    });

    test("has tools of its own for pictures", async () => {
        const { editor, el } = await setupEditor('<p>a<img src="/web/static/x.png" alt="x"></p>', {
            props: { toolbar: true },
        });
        const { view } = editor;
        const { NodeSelection } = await import("prosemirror-state");
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, 2)));
        await vi.waitFor(() => expect(button("shape_rounded")).not.toBe(null));
        expect(button("bold")).toBe(null);
        button("shape_rounded").click();
        execCommand(editor, "resizeImage", { size: "50%" });
        expect(el.querySelector("img").className).toContain("rounded");
        expect(editor.getContent()).toContain('class="rounded" style="width: 50%;"');
    });
});

describe("links", () => {
    test("are made of what is selected, and wrong addresses are told", async () => {
        const { editor } = await setupEditor("<p>a[b]c</p>");
        execCommand(editor, "toggleLinkTools");
        await nextFrame();
        const input = document.querySelector(".o_we_href_input_link");
        const type = (text) => {
            input.value = text;
            input.dispatchEvent(new Event("input", { bubbles: true }));
        };
        type("javascript:go()");
        document.querySelector(".o_we_apply_link").click();
        await nextFrame();
        expect(document.querySelector("[role=alert]")).not.toBe(null);
        type("example.com");
        document.querySelector(".o_we_apply_link").click();
        await nextFrame();
        const made = '<p>a<a href="https://example.com" target="_blank" rel="noreferrer noopener">b</a>c</p>';
        expect(editor.getContent()).toBe(made);
        expect(document.querySelector(".o-we-linkpopover")).toBe(null);
    });

    test("are shown where they are, changed and taken away", async () => {
        const { editor, el } = await setupEditor('<p><a href="mailto:a@example.com">a[]b</a></p>');
        editor.shared.selection.setCursorEnd(el.querySelector("a").firstChild);
        execCommand(editor, "toggleLinkTools");
        await nextFrame();
        expect(document.querySelector(".o_we_href_input_link").value).toBe("mailto:a@example.com");
        expect(document.querySelector(".o_we_label_link").value).toBe("ab");
    });
});

describe("what is pasted", () => {
    test.each([
        [
            "mail",
            '<div style="font-family:Arial"><span style="font-weight:700">a</span><o:p></o:p></div>',
            "<strong>a</strong>",
        ],
        [
            "pages",
            '<h2 class="x" style="color:red">a</h2><script>x()</script><p onclick="x()">b</p>',
            "<h2>a</h2><p>b</p>",
        ],
        ["documents", '<b style="font-weight:normal"><p>a</p><p>b</p></b>', "<p>a</p><p>b</p>"],
        [
            "Word",
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>a</p>" +
                "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>b</p>",
            "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
        ],
        [
            "numbers",
            "<p class=MsoListParagraph>1) a</p><p class=MsoListParagraph>2) b</p>",
            "<ol><li>a</li><li>b</li></ol>",
        ],
        [
            "tables",
            '<table border="1"><tr><td style="x:y">a</td></tr></table>',
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ],
        ["pictures of the disk", '<p>a<img src="file:///c:/x.png"></p>', "a"],
    ])("from %s is plain", async (_name, html, expected) => {
        const content = await outcome("<p>[]</p>", (editor) => paste(editor, { "text/html": html, "text/plain": "x" }));
        expect(content).toContain(expected);
        expect(content).not.toMatch(/style|class|x\(\)|mso|o:p/);
    });

    test("an address is a link, of what is selected where something is", async () => {
        const text = { "text/plain": "https://example.com/a" };
        expect(await outcome("<p>[]</p>", (editor) => paste(editor, text))).toContain(">https://example.com/a</a>");
        expect(await outcome("<p>[a]</p>", (editor) => paste(editor, text))).toBe(
            '<p><a href="https://example.com/a">a</a></p>'
        );
    });

    test("pictures are uploaded and stand where they were put", async () => {
        const calls = answerRpc(() => ({
            id: 7,
            name: "a.png",
            mimetype: "image/png",
            image_src: "/web/image/7?unique=x",
        }));
        const getRecordInfo = () => ({ resModel: "thing", resId: 3 });
        const { editor } = await setupEditor("<p>a[]</p>", { config: { getRecordInfo } });
        paste(editor, { files: [new File(["x"], "a.png", { type: "image/png" })] });
        expect(document.querySelector(".o_we_uploading")).not.toBe(null);
        await editor.shared.media.savePendingImages();
        expect(calls[0]).toMatchObject({
            route: "/html_editor/attachment/add_data",
            params: { name: "a.png", res_model: "thing", res_id: 3, is_image: true },
        });
        expect(editor.getContent()).toContain('src="/web/image/7?unique=x"');
    });

    test("pictures are not taken where there may be none", async () => {
        const calls = answerRpc(() => ({}));
        const { editor } = await setupEditor("<p>a[]</p>", { config: { disableImage: true } });
        paste(editor, { files: [new File(["x"], "a.png", { type: "image/png" })] });
        expect(calls).toEqual([]);
        expect(editor.getContent()).toBe("<p>a</p>");
    });
});

describe("E21: history", () => {
    test("steps go back and forth, save points come back, previews leave nothing", async () => {
        const { editor } = await setupEditor("<p>a[]</p>");
        const { history } = editor.shared;
        expect([history.canUndo(), history.canRedo()]).toEqual([false, false]);
        const back = history.makeSavePoint();
        insertText(editor, "b");
        back();
        expect(editor.getContent()).toBe("<p>a</p>");
        const operation = history.makePreviewableOperation((text) => editor.shared.dom.insert(text));
        operation.preview("x");
        expect(editor.getContent()).toBe("<p>ax</p>");
        operation.preview("y");
        operation.revert();
        expect(editor.getContent()).toBe("<p>a</p>");
        operation.commit("z");
        expect(editor.getContent()).toBe("<p>az</p>");
        expect(history.canUndo()).toBe(true);
        history.reset("<p>new</p>");
        expect(editor.getContent()).toBe("<p>new</p>");
    });
});

describe("templates", () => {
    test("values of fields are placed, and shown as such", async () => {
        const { DYNAMIC_PLACEHOLDER_PLUGINS } = await import("@html_editor/plugin_sets");
        const config = { Plugins: [...MAIN_PLUGINS, ...DYNAMIC_PLACEHOLDER_PLUGINS], dynamicPlaceholder: true };
        const { editor, el } = await setupEditor("<p>Dear []</p>", { config });
        const [plugin] = editor.plugins.filter(({ constructor }) => constructor.id === "dynamicPlaceholder");
        plugin.insert("partner_id.name", "you");
        expect(editor.getContent()).toBe('<p>Dear <t t-out="object.partner_id.name">you</t> </p>');
        expect(el.querySelector(".o_we_value").title).toBe("object.partner_id.name");
        plugin.insert("x' or 1", "");
        expect(editor.getContent()).not.toContain("or 1");
    });
});

test("E6: plugins say what empty lines are for", async () => {
    const hints = [
        { selector: "blockquote p", text: "Who said it?" },
        { target: (_data, editable) => editable.querySelector("h2"), text: "A title" },
    ];
    const { editor, el } = await setupEditor("<h2></h2><p>a[]</p><blockquote><p></p></blockquote>", {
        config: { resources: { hints } },
    });
    const shown = () => [...el.querySelectorAll("[data-hint]")].map((line) => [line.nodeName, line.dataset.hint]);
    editor.shared.selection.setCursorEnd(el.querySelector("p").firstChild);
    await vi.waitFor(() => expect(shown()).toEqual([["H2", "A title"]]));
    editor.shared.selection.setCursorStart(el.querySelector("blockquote p"));
    await vi.waitFor(() => expect(shown()).toEqual([["P", "Who said it?"]]));
    insertText(editor, "Me");
    await vi.waitFor(() => expect(el.querySelector("blockquote [data-hint]")).toBe(null));
});

describe("E26: components inside of a text", () => {
    class Counter extends Component {
        static template = xml`<b class="counter" t-on-click="() => props.host.onCount?.()" t-esc="props.count"/>`;
        static props = ["*"];
    }
    const host = (props) =>
        `<div data-embedded="counter" data-embedded-props='${props}' data-oe-protected="true"></div>`;

    test("are shown in their hosts, stored with their props, and follow what is undone", async () => {
        const mounted = vi.fn();
        const getProps = (el) => ({ ...getEmbeddedProps(el), host: el });
        const resources = {
            embedded_components: [{ name: "counter", Component: Counter, getProps }],
            mount_component_handlers: mounted,
        };
        const config = { Plugins: EXTRA_PLUGINS, resources };
        const { editor, el } = await setupEditor(`<p>a</p>${host('{"count":1}')}`, { config });
        const shown = () => el.querySelector(".counter")?.textContent;
        await vi.waitFor(() => expect(shown()).toBe("1"));
        expect(mounted.mock.calls[0][0]).toMatchObject({ name: "counter", props: { count: 1 } });
        expect(editor.getContent()).not.toContain("<b");
        editor.shared.embeddedComponents.setEmbeddedProps(el.querySelector("[data-embedded]"), { count: 2 });
        await vi.waitFor(() => expect(shown()).toBe("2"));
        expect(editor.getElContent().querySelector("[data-embedded]").dataset.embeddedProps).toBe('{"count":2}');
        execCommand(editor, "historyUndo");
        await vi.waitFor(() => expect(shown()).toBe("1"));
    });

    test("of unknown names, and with props that cannot be read, do no harm", async () => {
        const content = host("{").replace("counter", "other");
        const { editor } = await setupEditor(content, { config: { Plugins: EXTRA_PLUGINS } });
        expect(editor.getContent()).toContain('data-embedded="other"');
        const el = document.createElement("div");
        for (const wrong of ["{", "null", "1"]) {
            el.dataset.embeddedProps = wrong;
            expect(getEmbeddedProps(el)).toEqual({});
        }
    });

    test("E28: contents list the headings, and follow them", async () => {
        const config = { Plugins: EXTRA_PLUGINS, resources: { embedded_components: MAIN_EMBEDDINGS } };
        const { editor, el } = await setupEditor("<p>a[]</p><h2>One</h2><h4>Two</h4><h2>Three</h2>", { config });
        execCommand(editor, "insertTableOfContent");
        const listed = () =>
            [...el.querySelectorAll(".o_we_contents li")].map((item) => [
                item.textContent,
                item.style.paddingInlineStart,
            ]);
        const before = [
            ["One", "0rem"],
            ["Two", "1rem"],
            ["Three", "0rem"],
        ];
        await vi.waitFor(() => expect(listed()).toEqual(before));
        expect(editor.getContent()).toContain(
            '<div data-embedded="tableOfContent" data-oe-protected="true" contenteditable="false"></div><h2>'
        );
        editor.shared.prose.setContent(editor.getContent().replace("Two", "Two and more"));
        await vi.waitFor(() => expect(listed()[1][0]).toBe("Two and more"));
        const scrolled = vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(() => {});
        el.querySelectorAll(".o_we_contents button")[2].click();
        expect(scrolled.mock.contexts[0].textContent).toBe("Three");
        scrolled.mockRestore();
    });

    test("E28: videos are kept by name where players are taken out", async () => {
        const config = {
            Plugins: EXTRA_PLUGINS,
            disableVideo: true,
            resources: { embedded_components: MAIN_EMBEDDINGS },
        };
        const { editor, el } = await setupEditor("<p>a[]</p>", { config });
        const element = document.createElement("div");
        element.className = "media_iframe_video";
        const video = { platform: "youtube", videoId: "abcdefghijk", params: { rel: 0 } };
        const media = editor.plugins.find(({ constructor }) => constructor.id === "media");
        media.insertMedia(Object.assign(element, { video }));
        await vi.waitFor(() => expect(el.querySelector("iframe")).not.toBe(null));
        expect(el.querySelector("iframe").src).toBe("https://www.youtube.com/embed/abcdefghijk?rel=0");
        expect(editor.getContent()).not.toContain("iframe");
        expect(playerUrl({ platform: "constructor", videoId: "a" })).toBe("");
        expect(playerUrl({ platform: "vimeo", videoId: "../x" })).toBe("");
    });

    test("are shown to readers", async () => {
        const config = {
            value: markup(host('{"count":3}')),
            embeddedComponents: [{ name: "counter", Component: Counter }],
        };
        const place = await mount(HtmlViewer, { props: { config } });
        await vi.waitFor(() => expect(place.querySelector(".counter").textContent).toBe("3"));
    });
});

test("E4: an editor without the main plugins has the core", async () => {
    const { editor, el } = await plainEditor({ content: "<p>a</p>", ...quiet }, Editor);
    editor.attachTo(el);
    expect(Object.keys(editor.shared).sort()).toEqual(CORE_PLUGINS.map(({ id }) => id).sort());
});
