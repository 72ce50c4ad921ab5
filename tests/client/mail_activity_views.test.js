/** Activities in lists, on cards and in a view of their own; small widgets of mail. */
import { DateTime } from "luxon";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { activityView } from "@mail/views/web/activity/activity_view";
import { browser } from "@web/core/browser/browser";
import { loader } from "@web/core/emoji_picker/emoji_picker";
import compact from "emojibase-data/en/compact.json";
import messages from "emojibase-data/en/messages.json";
import { save, settle, showFields, showForm } from "./form_page";
import { startMail } from "./mail_page";
import { afterThis } from "./mount";

import.meta.glob("../../addons/mail/static/src/views/web/fields/**/*.js", { eager: true });

// its modules are in this page
activityView.bundle = undefined;

const day = (days) => DateTime.local().plus({ days }).toISODate();
const FIELDS = {
    activity_exception_decoration: { type: "selection", selection: [["danger", "Error"]] },
    activity_exception_icon: { type: "char" },
    activity_ids: { type: "one2many", relation: "mail.activity" },
    activity_state: {
        type: "selection",
        selection: [
            ["overdue", "Overdue"],
            ["today", "Today"],
        ],
    },
    activity_summary: { type: "char" },
    activity_type_icon: { type: "char" },
    activity_type_id: { type: "many2one", relation: "mail.activity.type" },
};
const MODELS = () => ({
    "mail.activity": { fields: {}, rows: [{ id: 3, display_name: "Ring" }] },
    "mail.activity.type": { fields: {}, rows: [{ id: 4, display_name: "Call" }] },
});

/** Show fields with a store beside them. */
async function showWith(arch, fields, values, extra = {}) {
    const { store } = await startMail();
    const shown = await showFields(arch, fields, values, {
        ...extra,
        models: { ...MODELS(), ...extra.models },
        services: { "mail.store": store, ...extra.services },
    });
    return { ...shown, store };
}

describe("C111: the button of a record", () => {
    async function showButton(values, widget = "list_activity") {
        const arch = `<field name='activity_ids' widget='${widget}'/>`;
        const { field } = await showWith(arch, FIELDS, { activity_ids: [3], ...values });
        return field("activity_ids");
    }

    test.each([
        [{}, "fa-clock-o", ""],
        [{ activity_state: "overdue", activity_summary: "Ring" }, "text-danger fa-tasks", "Ring"],
        [{ activity_state: "today", activity_type_icon: "fa-phone", activity_type_id: 4 }, "fa-phone", "Call"],
        [{ activity_exception_decoration: "danger", activity_state: "today" }, "fa-warning", "Needs attention"],
    ])("%j", async (values, icon, text) => {
        const shown = await showButton(values);
        expect(shown.querySelector("i").className).toContain(icon);
        expect(shown.querySelector(".o-mail-ListActivity-summary").textContent).toBe(text);
    });

    test("has no text on cards", async () => {
        const shown = await showButton({ activity_state: "today", activity_summary: "Ring" }, "kanban_activity");
        expect([shown.textContent.trim(), shown.querySelector("button").title]).toEqual(["", "Ring"]);
    });

    test("marks what needs attention", async () => {
        const arch = "<field name='activity_exception_decoration' widget='activity_exception'/>";
        const values = { activity_exception_decoration: "danger", activity_exception_icon: "fa-bomb" };
        const { field } = await showWith(arch, FIELDS, values);
        const mark = field("activity_exception_decoration").querySelector(".o-mail-ActivityException");
        expect([mark.className.includes("text-danger"), mark.className.includes("fa-bomb")]).toEqual([true, true]);
    });
});

describe("C110: the view of activities", () => {
    const PEOPLE = { display_name: { type: "char" }, name: { type: "char" }, activity_ids: FIELDS.activity_ids };
    const TYPES = [
        { id: 4, name: "Call", keep_done: false, template_ids: [{ id: 8, name: "Hello" }] },
        { id: 5, name: "To-Do", keep_done: true, template_ids: [] },
        { id: 6, name: "Meeting", keep_done: false, template_ids: [] },
    ];
    const cell = (state, days, ids, more = {}) => ({
        count_by_state: { [state]: ids.length },
        ids,
        reporting_date: day(days),
        state,
        user_assigned_ids: state === "done" ? [] : [2],
        ...more,
    });
    const DATA = {
        activity_res_ids: [2, 1],
        activity_types: TYPES,
        grouped_activities: {
            1: { 4: cell("planned", 3, [11]) },
            2: { 4: cell("overdue", -1, [12, 13]), 5: cell("done", -5, [14]) },
        },
    };
    const ARCH = `<activity string="People"><field name="name"/><templates>
        <div t-name="activity-box"><field name="name" display="full"/></div></templates></activity>`;

    async function showView(data = DATA, answers = {}) {
        const asked = vi.fn();
        const { store } = await startMail();
        store.scheduleActivity = vi.fn(async () => {});
        const shown = await showForm(ARCH, {
            fields: PEOPLE,
            models: MODELS(),
            answers: {
                get_activity_data: (_model, _args, kwargs) => {
                    asked(kwargs);
                    return data;
                },
                web_search_read: () => ({
                    length: 2,
                    records: [
                        { id: 1, name: "Ann" },
                        { id: 2, name: "Bob" },
                    ],
                }),
                ...answers,
            },
            props: {
                type: "activity",
                resId: undefined,
                resIds: undefined,
                searchViewArch: "<search/>",
                searchViewFields: {},
                domain: [["id", ">", 0]],
            },
            services: { "mail.store": store },
        });
        await settle();
        const rows = () => [...shown.page.querySelectorAll("tbody .o_data_row")];
        const heads = () => [...shown.page.querySelectorAll(".o_activity_type_cell")];
        return { ...shown, asked, heads, rows, store };
    }

    beforeEach(() => browser.localStorage.removeItem("activity_columns,thing,"));

    test("has records by what is due, and columns of the kinds that are used", async () => {
        const { asked, heads, rows } = await showView();
        expect(rows().map((row) => row.querySelector(".o_activity_record").textContent.trim())).toEqual(["Bob", "Ann"]);
        expect(heads().map((head) => head.dataset.typeId)).toEqual(["4", "5"]);
        expect([...rows()[0].querySelectorAll("td")].map((box) => box.className.split(" ").at(-1))).toEqual([
            "overdue",
            "done",
        ]);
        expect(rows()[0].querySelector(".badge").textContent).toBe("2");
        expect(asked.mock.calls[0][0]).toMatchObject({
            domain: [
                ["id", ">", 0],
                ["activity_ids.active", "in", [true, false]],
            ],
            fetch_done: true,
            limit: 100,
            offset: 0,
            res_model: "thing",
        });
    });

    test("limits the rows to a share of a column", async () => {
        const { heads, rows } = await showView();
        const [planned] = heads()[0].querySelectorAll(".progress-bar");
        planned.click();
        await settle();
        expect(rows().length).toBe(1);
        heads()[0].querySelector(".progress-bar").click();
        await settle();
        expect(rows().length).toBe(2);
    });

    test("keeps which columns are seen", async () => {
        const { heads, page } = await showView();
        page.querySelector(".o_activity_columns").click();
        await settle();
        const items = [...document.querySelectorAll(".o-dropdown--menu .o-dropdown-item")];
        items[2].click();
        items[0].click();
        await settle();
        expect(heads().map((head) => head.dataset.typeId)).toEqual(["5", "6"]);
        expect(browser.localStorage.getItem("activity_columns,thing,")).toBe("5,6");
    });

    test("plans, writes, and opens", async () => {
        const { done, heads, methods, page, rows, store } = await showView(DATA, { activity_send_mail: () => true });
        rows()[1].querySelector(".o_activity_empty_cell button").click();
        expect(done[0][1]).toMatchObject({
            context: { default_activity_type_id: 5, default_res_id: 1, default_res_model: "thing" },
            res_model: "mail.activity",
        });
        heads()[0].querySelector("button.o_no_caret").click();
        await settle();
        document.querySelector(".o-dropdown--menu .o-dropdown-item").click();
        await settle();
        expect(methods("activity_send_mail")[0].args).toEqual([[1, 2], 8]);
        expect(page.querySelector(".o_record_selector")).toBeTruthy();
        expect(store.scheduleActivity).not.toHaveBeenCalled();
    });

    test("says that nothing is planned", async () => {
        const { page } = await showView({ activity_res_ids: [], activity_types: TYPES, grouped_activities: {} });
        expect(page.querySelector(".o_activity_nothing").textContent).toContain("Nothing is planned");
    });
});

describe("C113: widgets", () => {
    test("stages tell how long a document was in them", async () => {
        const fields = {
            duration_tracking: { type: "json" },
            x: {
                type: "selection",
                selection: [
                    ["a", "New"],
                    ["b", "Done"],
                ],
            },
        };
        const arch = "<field name='x' widget='statusbar_duration' options=\"{'clickable': True}\"/>";
        const { field, saved } = await showWith(arch, fields, { x: "a", duration_tracking: { a: 7200 } });
        const labels = [...field("x").querySelectorAll("button")].map((button) => button.textContent);
        expect(labels).toEqual(["Done", "New (2h)"]);
        field("x").querySelector("button").click();
        await settle();
        expect(saved()).toEqual({ x: "b" });
    });

    test("symbols stand where the cursor is", async () => {
        const { fetch } = browser;
        browser.fetch = async (address) => ({
            ok: true,
            json: async () => (address.includes("compact") ? compact : messages),
        });
        loader.loaded = undefined;
        afterThis(() => Object.assign(browser, { fetch }));
        const arch = "<field name='x' widget='char_emojis'/><field name='y' widget='text_emojis'/>";
        const fields = { x: { type: "char" }, y: { type: "text" } };
        const { field, input, page, saved } = await showWith(arch, fields, { x: "ab", y: "" });
        expect(field("y").querySelector(".o-mail-EmojisField-button")).toBeTruthy();
        input("x").setSelectionRange(1, 1);
        field("x").querySelector(".o-mail-EmojisField-button").click();
        await vi.waitFor(() => expect(document.querySelector(".o-EmojiPicker .o-Emoji")).toBeTruthy());
        document.querySelector(".o-EmojiPicker .o-Emoji").click();
        await settle();
        await save(page);
        expect(saved().x).toMatch(/^a.+b$/u);
    });

    test("recipients without address are asked for one", async () => {
        const people = {
            fields: { email: { type: "char" } },
            rows: [
                { id: 1, display_name: "Ann", email: "ann@x.example" },
                { id: 2, display_name: "Bob", email: false },
            ],
            views: { form: "<form><field name='email'/></form>" },
        };
        const { field, input, page, saved } = await showWith(
            "<field name='x' widget='many2many_tags_email'/>",
            { x: { type: "many2many", relation: "person" } },
            { x: [1] },
            { models: { person: people } }
        );
        input("x").focus();
        input("x").value = "Bob";
        input("x").dispatchEvent(new InputEvent("input", { bubbles: true }));
        const offered = () => [...document.querySelectorAll(".o-autocomplete--dropdown-item a")];
        await vi.waitFor(() => expect(offered().some((one) => one.textContent === "Bob")).toBe(true));
        offered()
            .find((one) => one.textContent === "Bob")
            .click();
        await vi.waitFor(() => expect(page.querySelector(".modal-title")).toBeTruthy());
        expect(page.querySelector(".modal-title").textContent).toContain("Bob");
        page.querySelector(".modal .o_form_button_cancel, .modal .btn-close").click();
        await settle(8);
        expect([...field("x").querySelectorAll(".o_tag")].map((tag) => tag.textContent.trim())).toEqual(["Ann"]);
        expect(saved()).toBe(undefined);
    });

    describe("of the composer", () => {
        const COMPOSER = {
            attachment_ids: { type: "many2many", relation: "ir.attachment" },
            composition_batch: { type: "boolean" },
            composition_mode: { type: "selection", selection: [["comment", "Post"]] },
            model: { type: "char" },
            render_model: { type: "char" },
            res_ids: { type: "char" },
            subtype_is_log: { type: "boolean" },
            template_id: { type: "many2one", relation: "mail.template" },
        };
        const VALUES = { composition_mode: "comment", model: "res.partner", res_ids: "[7]", attachment_ids: [5] };
        const FILE = { id: 5, display_name: "plan.pdf", name: "plan.pdf" };

        function showComposer(arch, values = {}, answers = {}) {
            const models = {
                "ir.attachment": { fields: { name: { type: "char" }, mimetype: { type: "char" } }, rows: [FILE] },
                "mail.template": { fields: {}, rows: [{ id: 8, display_name: "Hello" }] },
            };
            return showWith(arch, COMPOSER, { ...VALUES, ...values }, { answers, models });
        }

        test("a template is taken over, or made", async () => {
            const opened = { type: "asks for the name" };
            const { done, field, methods, page, saved } = await showComposer(
                "<field name='template_id' widget='mail_composer_template_selector'/>",
                {},
                { open_template_creation_wizard: () => opened }
            );
            const open = async () => {
                field("template_id").querySelector("button").click();
                await settle(6);
                return [...document.querySelectorAll(".o-mail-TemplateSelector .dropdown-item")];
            };
            const [hello] = await open();
            expect(methods("search_read")[0].kwargs.domain[0]).toEqual(["model", "=", "res.partner"]);
            hello.click();
            await save(page);
            expect(saved()).toEqual({ template_id: 8 });
            (await open()).at(-1).click();
            await settle(6);
            expect(done[0][1]).toEqual(opened);
        });

        test("files are shown and taken out", async () => {
            const { field, page, saved } = await showComposer(
                "<field name='attachment_ids' widget='mail_composer_attachment_list'/>"
            );
            expect(field("attachment_ids").textContent).toContain("plan.pdf");
            expect(field("attachment_ids").querySelector(".o_attach")).toBe(null);
            field("attachment_ids").querySelector("button").click();
            await save(page);
            expect(saved().attachment_ids[0][1]).toBe(5);
        });

        test("it is sent now or later", async () => {
            const close = { type: "ir.actions.act_window_close" };
            const answers = { action_schedule_message: () => close, action_send_mail: () => close };
            const arch = "<widget name='mail_composer_send_dropdown'/>";
            const { done, methods, page } = await showComposer(arch, {}, answers);
            page.querySelector(".o_mail_send").click();
            await settle(6);
            expect([methods("action_send_mail").length, done[0][1]]).toEqual([1, close]);
            page.querySelector(".o_mail_send_later").click();
            await settle(6);
            document.querySelector(".o-dropdown--menu .o-dropdown-item").click();
            await settle(6);
            const [{ kwargs }] = methods("action_schedule_message");
            expect(kwargs.scheduled_date > DateTime.utc().toISO()).toBe(true);
        });

        test("notes are logged, and messages on many documents do not wait", async () => {
            const arch = "<widget name='mail_composer_send_dropdown'/>";
            const { page } = await showComposer(arch, { composition_batch: true, subtype_is_log: true });
            expect(page.querySelector(".o_mail_send").textContent).toBe("Log");
            expect(page.querySelector(".o_mail_send_later")).toBe(null);
        });
    });
});
