/** Calendars: what archs say, what is asked of the server, and what is shown and written of the answers. */
import { DateTime, Settings } from "luxon";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { parseXML } from "@web/core/utils/xml";
import { CalendarArchParser, CalendarParseArchError } from "@web/views/calendar/calendar_arch_parser";
import { CalendarController, SCALE_LABELS } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { calendarView } from "@web/views/calendar/calendar_view";
import { getColor } from "@web/views/calendar/colors";
import { getFormattedDateSpan } from "@web/views/calendar/utils";
import "@web/views/fields/formatters";

const FIELDS = {
    id: { name: "id", type: "integer", string: "ID" },
    display_name: { name: "display_name", type: "char", string: "Name" },
    name: { name: "name", type: "char", string: "Title" },
    begin: { name: "begin", type: "datetime", string: "Begin" },
    finish: { name: "finish", type: "datetime", string: "Finish" },
    day: { name: "day", type: "date", string: "Day" },
    last_day: { name: "last_day", type: "date", string: "Last day" },
    hours: { name: "hours", type: "float", string: "Hours" },
    whole: { name: "whole", type: "boolean", string: "Whole days" },
    kind: {
        name: "kind",
        type: "selection",
        string: "Kind",
        selection: [
            ["a", "Alpha"],
            ["b", "Beta"],
        ],
    },
    owner_id: { name: "owner_id", type: "many2one", string: "Owner", relation: "res.users" },
    room_id: { name: "room_id", type: "many2one", string: "Room", relation: "room" },
    room_color: { name: "room_color", type: "integer", string: "Color", related: "room_id.color" },
    guest_ids: { name: "guest_ids", type: "many2many", string: "Guests", relation: "res.partner" },
};
const MODELS = { event: { fields: FIELDS } };

function parse(arch) {
    return new CalendarArchParser().parse(parseXML(arch), MODELS, "event");
}

/** A model over records and kept filters, which notes what is asked and written. */
async function makeModel(arch, { records = [], kept = [], answers = {}, ...params } = {}) {
    const asked = [];
    const orm = {
        call: async (model, method, args) => {
            asked.push({ model, method, args });
            return answers[method];
        },
        searchRead: async (model, domain, fields) => {
            asked.push({ model, method: "search_read", domain, fields });
            if (model === "event") {
                return records;
            }
            return model === "room" ? [{ id: 7, color: 3 }] : kept;
        },
        read: async (model, ids) => ids.map((id) => ({ id, display_name: `guest ${id}` })),
        ...Object.fromEntries(
            ["create", "write", "unlink"].map((method) => [
                method,
                async (model, ...args) => {
                    asked.push({ model, method, args });
                    return method === "create" ? [99] : true;
                },
            ])
        ),
    };
    const settings = { fields: FIELDS, resModel: "event", domain: [["active", "=", true]], context: {} };
    const env = { config: { viewId: 5, views: [[12, "form"]] }, isSmall: false };
    const model = new CalendarModel(
        env,
        { ...parse(arch), ...settings, date: WEDNESDAY.setZone("default"), ...params },
        { orm }
    );
    await model.load();
    const domains = () => asked.filter(({ model, domain }) => domain && model === "event").map(({ domain }) => domain);
    return { asked, domains, model };
}

const WEDNESDAY = DateTime.fromISO("2024-05-15T10:20:00Z");
const SIMPLE = `<calendar date_start="begin" date_stop="finish"/>`;

beforeEach(() => {
    Settings.defaultZone = "UTC+2";
    user.userId = 2;
    user.partnerId = 3;
    user.name = "Mitchell";
    vi.spyOn(user, "checkAccessRight").mockImplementation(async () => true);
    return () => {
        Settings.defaultZone = "system";
        vi.restoreAllMocks();
    };
});

afterEach(() => {
    browser.localStorage.clear();
    browser.sessionStorage.clear();
});

describe("V40, V41, V44: description and arch", () => {
    test("keys of the description", () => {
        expect(calendarView).toMatchObject({
            type: "calendar",
            searchMenuTypes: ["filter", "favorite"],
            ArchParser: CalendarArchParser,
            Controller: CalendarController,
            Model: CalendarModel,
            Renderer: CalendarRenderer,
            buttonTemplate: "web.CalendarController.controlButtons",
        });
        const generic = { arch: parseXML(SIMPLE), relatedModels: MODELS, resModel: "event", fields: FIELDS };
        const props = calendarView.props(generic, { ...calendarView, buttonTemplate: "own" });
        expect(props).toMatchObject({ Model: CalendarModel, Renderer: CalendarRenderer, buttonTemplate: "own" });
        expect(props.archInfo.fieldMapping).toEqual({ date_start: "begin", date_stop: "finish" });
        expect(Object.keys(SCALE_LABELS)).toEqual(["day", "week", "month", "year"]);
    });

    test("what holds unless the arch says otherwise", () => {
        expect(parse(`<calendar date_start="day"/>`)).toEqual({
            canCreate: true,
            canDelete: true,
            canEdit: true,
            eventLimit: 5,
            fieldMapping: { date_start: "day" },
            fieldNames: ["display_name", "day"],
            filtersInfo: {},
            formViewId: false,
            hasEditDialog: false,
            isDateHidden: false,
            isTimeHidden: false,
            popoverFieldNodes: {},
            quickCreate: true,
            quickCreateViewId: null,
            scale: "week",
            scales: ["day", "week", "month", "year"],
            showUnusualDays: false,
        });
    });

    test("the attributes", () => {
        const arch = `<calendar date_start="begin" date_delay="hours" all_day="whole" color="room_color"
            create_name_field="name" event_limit="3" scales="month,decade, day" mode="day" create="0" delete="false"
            edit="False" quick_create="0" quick_create_view_id="8" event_open_popup="1" show_unusual_days="1"
            hide_date="1" hide_time="1" form_view_id="9"/>`;
        expect(parse(arch)).toMatchObject({
            canCreate: false,
            canDelete: false,
            canEdit: false,
            eventLimit: 3,
            fieldNames: ["display_name", "begin", "hours", "whole", "name", "room_color"],
            formViewId: 9,
            hasEditDialog: true,
            isDateHidden: true,
            isTimeHidden: true,
            quickCreate: false,
            quickCreateViewId: 8,
            scale: "day",
            scales: ["month", "day"],
            showUnusualDays: true,
        });
    });

    test.each([
        [`<calendar/>`, /date_start/],
        [`<calendar date_start="day" event_limit="2.5"/>`, /event_limit/],
        [`<calendar date_start="day" event_limit="'x'"/>`, /event_limit/],
        [`<calendar date_start="day" scales="day,week" mode="month"/>`, /month.*day, week/],
    ])("%s is refused", (arch, message) => {
        expect(() => parse(arch)).toThrow(CalendarParseArchError);
        expect(() => parse(arch)).toThrow(message);
    });
});

describe("V42: which scale is shown", () => {
    test("that of the browser for the view, else that of the arch, else that of the session, else a week", async () => {
        expect(parse(SIMPLE).scale).toBe("week");
        browser.sessionStorage.setItem("calendar-scale", "month");
        expect(parse(SIMPLE).scale).toBe("month");
        expect(parse(`<calendar date_start="day" scales="year,day"/>`).scale).toBe("year");
        browser.localStorage.setItem("scaleOf-viewId-5", "day");
        const { model } = await makeModel(`<calendar date_start="day" mode="year"/>`);
        expect(model.scale).toBe("day");
        await model.setScale("week");
        expect(model.storageKey).toBe("scaleOf-viewId-5");
        expect(browser.localStorage.getItem("scaleOf-viewId-5")).toBe("week");
        expect(browser.sessionStorage.getItem("calendar-scale")).toBe("week");
    });

    test("one that the arch does not have is not shown", async () => {
        browser.localStorage.setItem("scaleOf-viewId-5", "year");
        const { model } = await makeModel(`<calendar date_start="day" scales="month,day" mode="day"/>`);
        expect(model.scale).toBe("day");
    });
});

describe("V43: fields of the popover, and filters", () => {
    const arch = `<calendar date_start="begin">
        <field name="name"/>
        <field name="guest_ids" string="With" write_model="guest.filter" write_field="partner_id"
            filter_field="is_checked" avatar_field="avatar_128"/>
        <field name="room_id" filters="1" color="color" invisible="1"/>
        <field name="owner_id" color="color" invisible="1"/>
        <field name="kind" filters="1" invisible="kind == 'b'"/>
    </calendar>`;

    test("what makes a section", () => {
        const { fieldNames, filtersInfo, popoverFieldNodes } = parse(arch);
        expect(fieldNames).toEqual(["display_name", "begin", "name", "guest_ids", "room_id", "owner_id", "kind"]);
        expect(Object.keys(popoverFieldNodes)).toEqual(["name", "guest_ids", "room_id", "owner_id", "kind"]);
        expect(popoverFieldNodes.kind.invisible).toBe("kind == 'b'");
        expect(Object.keys(filtersInfo)).toEqual(["guest_ids", "room_id", "kind"]);
        expect(filtersInfo.guest_ids).toEqual({
            fieldName: "guest_ids",
            label: "With",
            resModel: "res.partner",
            avatarFieldName: "avatar_128",
            colorFieldName: null,
            filterFieldName: "is_checked",
            writeFieldName: "partner_id",
            writeResModel: "guest.filter",
        });
        expect(filtersInfo.room_id).toMatchObject({ colorFieldName: "color", label: "Room", writeResModel: null });
    });
});

describe("V45, V46: days and records", () => {
    test.each([
        ["day", "2024-05-15", "2024-05-15"],
        ["week", "2024-05-12", "2024-05-18"],
        ["month", "2024-04-28", "2024-06-08"],
        ["year", "2024-01-01", "2024-12-31"],
    ])("%s", async (scale, first, last) => {
        const { model } = await makeModel(`<calendar date_start="day" mode="${scale}"/>`);
        expect([serializeDate(model.rangeStart), serializeDate(model.rangeEnd)]).toEqual([first, last]);
    });

    test("the day of the context comes first", async () => {
        const context = { initial_date: "2023-01-31 12:00:00" };
        const { model } = await makeModel(`<calendar date_start="day"/>`, { context, date: undefined });
        expect(serializeDate(model.date)).toBe("2023-01-31");
    });

    test("records that touch the days, moments in UTC", async () => {
        const day = `mode="day"`;
        const active = ["active", "=", true];
        const { asked, domains } = await makeModel(SIMPLE.replace("date_stop", `${day} date_stop`));
        expect(domains()).toEqual([
            [active, ["begin", "<=", "2024-05-15 21:59:59"], ["finish", ">=", "2024-05-14 22:00:00"]],
        ]);
        expect(asked[0].fields).toEqual(["display_name", "begin", "finish"]);
        const delayed = await makeModel(`<calendar date_start="begin" date_delay="hours" ${day}/>`);
        expect(delayed.domains()).toEqual([[active, ["begin", "<=", "2024-05-15 21:59:59"]]]);
        const dated = await makeModel(`<calendar date_start="day" ${day}/>`);
        expect(dated.domains()).toEqual([[active, ["day", "<=", "2024-05-15"], ["day", ">=", "2024-05-15"]]]);
    });
});

describe("V47-V50: filters", () => {
    const kept = [
        { id: 41, partner_id: [10, "Person 10"], is_checked: true },
        { id: 42, partner_id: [9, "Person 9"], is_checked: false },
    ];
    const guests = `<calendar date_start="begin" color="guest_ids">
        <field name="guest_ids" write_model="guest.filter" write_field="partner_id" filter_field="is_checked"
            avatar_field="avatar_128"/>
    </calendar>`;

    test("what is kept for the user, himself, and everything", async () => {
        const { asked, domains, model } = await makeModel(guests, { kept });
        expect(asked[0]).toMatchObject({ model: "guest.filter", domain: [["user_id", "=", 2]] });
        const [section] = model.filterSections;
        expect(section).toMatchObject({
            label: "Guests",
            fieldName: "guest_ids",
            avatar: { field: "avatar_128", model: "res.partner" },
            hasAvatar: true,
            write: { field: "partner_id", model: "guest.filter" },
            canCollapse: true,
            canAddFilter: true,
        });
        expect(section.filters.map(({ type, label, active }) => [type, label, active])).toEqual([
            ["user", "Mitchell", true],
            ["record", "Person 9", false],
            ["record", "Person 10", true],
            ["all", "Everybody's calendars", false],
        ]);
        expect(section.filters[2]).toEqual({
            type: "record",
            recordId: 41,
            value: 10,
            label: "Person 10",
            active: true,
            canRemove: true,
            colorIndex: 10,
            hasAvatar: true,
        });
        expect(domains()[0].at(-1)).toEqual(["guest_ids", "in", [3, 10]]);
    });

    test("all of them: nothing is asked; remembered by the label", async () => {
        const { domains, model } = await makeModel(guests, { kept });
        const all = () => model.filterSections[0].filters.at(-1);
        await model.updateFilters("guest_ids", [all()], true);
        expect(domains().at(-1).length).toBe(3);
        expect([all().active, model.meta.allFilter]).toEqual([true, { Guests: true }]);
        expect(model.exportedState.allFilter).toEqual({ Guests: true });
    });

    test("added, ticked and removed", async () => {
        const { asked, model } = await makeModel(guests, { kept });
        asked.length = 0;
        await model.createFilter("guest_ids", [7, 8]);
        const values = (id) => ({ user_id: 2, partner_id: id, is_checked: true });
        expect(asked[0]).toEqual({ model: "guest.filter", method: "create", args: [[values(7), values(8)]] });
        asked.length = 0;
        const [own, first] = model.filterSections[0].filters;
        await model.updateFilters("guest_ids", [own, first], true);
        expect(asked[0]).toEqual({ model: "guest.filter", method: "write", args: [[42], { is_checked: true }] });
        asked.length = 0;
        await model.unlinkFilter("guest_ids", 42);
        expect(asked[0]).toEqual({ model: "guest.filter", method: "unlink", args: [[42]] });
        expect(model.filterSections[0].filters[0].active).toBe(true);
    });

    test("nobody is on: nothing is shown, and the section of something else says Everything", async () => {
        const arch = guests.replaceAll("guest_ids", "room_id").replace(/filter_field="\w+"/, "");
        const { domains, model } = await makeModel(arch, { kept: [{ id: 1, partner_id: [7, "Blue"] }] });
        const [section] = model.filterSections;
        expect(section.filters.map(({ type, label }) => [type, label])).toEqual([
            ["record", "Blue"],
            ["all", "Everything"],
        ]);
        expect(section.canCollapse).toBe(false);
        await model.updateFilters("room_id", section.filters.slice(0, 1), false);
        expect(domains().at(-1).at(-1)).toEqual(["room_id", "in", []]);
        expect(model.filterSections[0].filters[0].active).toBe(false);
    });

    const records = [
        { id: 1, begin: "2024-05-15 08:00:00", kind: "b", room_id: [7, "Blue"], guest_ids: [4, 5], room_color: 3 },
        { id: 2, begin: "2024-05-15 09:00:00", kind: "a", room_id: [7, "Blue"], guest_ids: [], room_color: 3 },
        { id: 3, begin: "2024-05-15 10:00:00", kind: false, room_id: false, guest_ids: [5], room_color: 0 },
    ];

    test("V49: values of the records, and what happens without them", async () => {
        const arch = `<calendar date_start="begin"><field name="kind" filters="1"/><field name="guest_ids" filters="1"/>
            </calendar>`;
        const { domains, model } = await makeModel(arch, { records });
        const shown = () =>
            model.filterSections.map(({ filters }) => filters.map(({ label, active }) => [label, active]));
        expect(shown()).toEqual([
            [
                ["Alpha", true],
                ["Beta", true],
                ["Undefined", true],
            ],
            [
                ["guest 4", true],
                ["guest 5", true],
                ["Undefined", true],
            ],
        ]);
        expect(model.filterSections[0]).toMatchObject({ canAddFilter: false, canCollapse: true, hasAvatar: false });
        await model.updateFilters("kind", [model.filterSections[0].filters[1]], false);
        expect(Object.keys(model.records)).toEqual(["2", "3"]);
        expect(shown()[0]).toEqual([
            ["Alpha", true],
            ["Beta", false],
            ["Undefined", true],
        ]);
        await model.updateFilters("guest_ids", [model.filterSections[1].filters[2]], false);
        expect(Object.keys(model.records)).toEqual(["3"]);
        expect(model.computeFiltersDomain(model.data)).toEqual([
            ["kind", "not in", ["b"]],
            ["guest_ids", "not in", [false]],
        ]);
        // those that are off can be switched on again
        expect(domains().at(-1).length).toBe(3);
    });

    test.each([
        ["of the record, through the room", `color="room_color"`, `color="color"`, 3, 0],
        ["of the room itself", `color="kind"`, `color="color"`, 3, 1],
        ["of the value", `color="room_id"`, ``, 7, 0],
        ["none", `color="kind"`, ``, null, 0],
    ])("V49: color %s", async (_case, root, node, color, reads) => {
        const arch = `<calendar date_start="begin" ${root}><field name="room_id" filters="1" ${node}/></calendar>`;
        const { asked, model } = await makeModel(arch, { records });
        expect(model.filterSections[0].filters[0]).toMatchObject({ label: "Blue", colorIndex: color });
        expect(asked.filter(({ model }) => model === "room").length).toBe(reads);
    });
});

describe("V51: records as they are shown", () => {
    const arch = `<calendar date_start="begin" date_stop="finish" all_day="whole" color="room_id"/>`;

    test("with hours, in the user's zone", async () => {
        const raw = {
            id: 1,
            display_name: "Talk",
            begin: "2024-05-15 08:00:00",
            finish: "2024-05-15 09:30:00",
            whole: false,
            room_id: [7, "Blue"],
            is_hatched: true,
        };
        const { model } = await makeModel(arch, { records: [raw] });
        const { start, end, ...record } = model.records[1];
        expect([start.toFormat("HH:mm"), end.toFormat("HH:mm")]).toEqual(["10:00", "11:30"]);
        expect(record).toEqual({
            id: 1,
            title: "Talk",
            isAllDay: false,
            startType: "datetime",
            endType: "datetime",
            duration: 1.5,
            colorIndex: 7,
            isHatched: true,
            isStriked: false,
            isTimeHidden: false,
            isMonth: false,
            isSmall: false,
            rawRecord: raw,
        });
    });

    test("whole days: of a date, and of a flag", async () => {
        const days = { id: 1, day: "2024-05-15", last_day: "2024-05-17" };
        const dated = await makeModel(`<calendar date_start="day" date_stop="last_day"/>`, { records: [days] });
        expect(dated.model.records[1]).toMatchObject({ isAllDay: true, isTimeHidden: true });
        expect(serializeDate(dated.model.records[1].end)).toBe("2024-05-17");
        for (const zone of ["UTC+2", "America/New_York"]) {
            Settings.defaultZone = zone;
            const raw = { id: 1, begin: "2024-05-15 00:00:00", finish: "2024-05-16 00:00:00", whole: true };
            const { model } = await makeModel(arch, { records: [raw] });
            const { start, end } = model.records[1];
            expect([start, end].map(serializeDate)).toEqual(["2024-05-15", "2024-05-16"]);
        }
    });

    test("without an end: some hours, or one; 24 hours are one day", async () => {
        const raw = { id: 1, begin: "2024-05-15 08:00:00", hours: 3, whole: false };
        const delayed = await makeModel(`<calendar date_start="begin" date_delay="hours"/>`, { records: [raw] });
        expect(serializeDateTime(delayed.model.records[1].end)).toBe("2024-05-15 11:00:00");
        expect(delayed.model.records[1].duration).toBe(3);
        const open = await makeModel(`<calendar date_start="begin" create_name_field="name"/>`, {
            records: [{ ...raw, display_name: "event,1", name: "Lunch" }],
        });
        expect(serializeDateTime(open.model.records[1].end)).toBe("2024-05-15 09:00:00");
        expect(open.model.records[1].title).toBe("Lunch");
        const day = await makeModel(`<calendar date_start="day" date_delay="hours"/>`, {
            records: [{ id: 1, day: "2024-05-15", hours: 24 }],
        });
        expect(serializeDate(day.model.records[1].end)).toBe("2024-05-15");
    });
});

describe("V52: colors", () => {
    test.each([
        [false, false],
        [0, false],
        [undefined, false],
        ["#ff0000", "#ff0000"],
        ["rgb(1, 2, 3)", "rgb(1, 2, 3)"],
        [1, 1],
        [55, 55],
        [56, 1],
        [-1, 54],
    ])("%s is %s", (key, color) => {
        expect(getColor(key)).toBe(color);
    });

    test("other keys keep theirs", () => {
        const colors = ["draft", "done", "cancel"].map(getColor);
        expect(colors.every((color) => Number.isInteger(color) && color >= 1 && color <= 24)).toBe(true);
        expect(["draft", "done", "cancel"].map(getColor)).toEqual(colors);
    });
});

describe("V53: days on which nobody works", () => {
    test("are asked for where the arch wants it", async () => {
        const answers = { get_unusual_days: { "2024-05-18": true, "2024-05-17": false } };
        const arch = `<calendar date_start="day" show_unusual_days="1"/>`;
        const { asked, model } = await makeModel(arch, { answers });
        expect(model.unusualDays).toEqual(["2024-05-18"]);
        expect(asked[0]).toEqual({
            model: "event",
            method: "get_unusual_days",
            args: ["2024-05-11 22:00:00", "2024-05-18 21:59:59"],
        });
    });
});

describe("V55: what is written", () => {
    const at = (text) => DateTime.fromISO(text);
    const full = `<calendar date_start="begin" date_stop="finish" all_day="whole" create_name_field="name"/>`;

    test("hours, whole days, and nothing but a beginning", async () => {
        const { model } = await makeModel(full);
        const start = at("2024-05-15T10:00");
        expect(model.buildRawRecord({ title: "x", start, end: at("2024-05-15T12:00"), isAllDay: false })).toEqual({
            name: "x",
            begin: "2024-05-15 08:00:00",
            finish: "2024-05-15 10:00:00",
            whole: false,
        });
        expect(model.buildRawRecord({ start, end: at("2024-05-16"), isAllDay: true })).toEqual({
            begin: "2024-05-15",
            finish: "2024-05-16",
            whole: true,
        });
        expect(model.buildRawRecord({ start, isAllDay: false }).finish).toBe("2024-05-15 09:00:00");
    });

    test("days where records only know hours; dates where they only know days", async () => {
        const day = { start: at("2024-05-15"), end: at("2024-05-16"), isAllDay: true };
        const timed = await makeModel(SIMPLE);
        expect(timed.model.buildRawRecord(day)).toEqual({
            begin: "2024-05-15 05:00:00",
            finish: "2024-05-16 17:00:00",
        });
        const dated = await makeModel(`<calendar date_start="day" date_delay="hours"/>`);
        expect(dated.model.buildRawRecord(day)).toEqual({ day: "2024-05-15", hours: 48 });
    });

    test("an event that is moved in a month keeps its time", async () => {
        const raw = { id: 1, display_name: "Talk", begin: "2024-05-15 08:00:00", hours: 2 };
        const arch = `<calendar date_start="begin" date_delay="hours" mode="month"/>`;
        const { asked, model } = await makeModel(arch, { records: [raw] });
        asked.length = 0;
        await model.updateRecord({ id: 1, start: at("2024-05-20"), isAllDay: false }, { moved: true });
        expect(asked[0]).toEqual({
            model: "event",
            method: "write",
            args: [[1], { begin: "2024-05-20 08:00:00" }, WRITING],
        });
        await model.updateRecord({ id: 1, title: "y", start: at("2024-05-20T10:00"), end: at("2024-05-20T13:00") });
        expect(asked.filter(({ method }) => method === "write")[1].args[1]).toEqual({
            begin: "2024-05-20 08:00:00",
            hours: 3,
        });
    });

    const WRITING = { context: { from_ui: true } };

    test("what the server refuses is shown as it is", async () => {
        const { asked, model } = await makeModel(SIMPLE, { records: [{ id: 1, begin: "2024-05-15 08:00:00" }] });
        model.orm.write = () => Promise.reject(new Error("no"));
        asked.length = 0;
        await expect(model.updateRecord({ id: 1, start: at("2024-05-20T10:00") })).rejects.toThrow("no");
        expect(asked.map(({ method }) => method)).toEqual(["search_read"]);
    });

    test("V56: what a form is given of a new event", async () => {
        const { asked, model } = await makeModel(full.replace("<calendar", `<calendar mode="month"`), {
            context: { default_room_id: 7 },
        });
        const record = { title: "x", start: at("2024-05-15T10:00"), isAllDay: false };
        const context = {
            default_room_id: 7,
            default_name: "x",
            default_begin: "2024-05-15 08:00:00",
            default_finish: "2024-05-15 09:00:00",
            default_whole: true,
        };
        expect(model.makeContextDefaults(model.buildRawRecord(record))).toEqual(context);
        asked.length = 0;
        expect(await model.createRecord(record)).toBe(99);
        expect(asked[0].args[1]).toEqual({ context });
    });
});

describe("V61: the model", () => {
    test("what it tells", async () => {
        const { model } = await makeModel(SIMPLE);
        expect(model).toMatchObject({
            canCreate: true,
            canDelete: true,
            canEdit: true,
            eventLimit: 5,
            firstDayOfWeek: 0,
            formViewId: 12,
            hasAllDaySlot: false,
            hasEditDialog: false,
            hasQuickCreate: true,
            quickCreateFormViewId: null,
            resModel: "event",
            unusualDays: [],
            defaultFilterLabel: "Undefined",
        });
        expect(model.fields).toBe(FIELDS);
        expect(Object.keys(model.exportedState)).toEqual(["allFilter", "date", "scale"]);
        vi.mocked(user.checkAccessRight).mockImplementation(async () => false);
        const other = await makeModel(SIMPLE);
        expect(other.model.canCreate).toBe(false);
        const readonly = { ...FIELDS, begin: { ...FIELDS.begin, readonly: true } };
        expect((await makeModel(SIMPLE, { fields: readonly })).model.canEdit).toBe(false);
    });

    test("the last answer counts", async () => {
        const { model } = await makeModel(SIMPLE);
        const answers = [];
        model.orm.searchRead = () => new Promise((resolve) => answers.push(resolve));
        model.load({ scale: "day" });
        const last = model.load({ scale: "month" });
        await Promise.resolve();
        await vi.waitFor(() => expect(answers.length).toBe(2));
        answers[1]([{ id: 2, begin: "2024-05-15 08:00:00" }]);
        answers[0]([{ id: 1, begin: "2024-05-15 08:00:00" }]);
        await last;
        expect(Object.keys(model.records)).toEqual(["2"]);
    });

    test("V58: days in words", () => {
        const day = (text) => DateTime.fromISO(text, { locale: "en" });
        expect(getFormattedDateSpan(day("2024-05-05"), day("2024-05-05T10:00"))).toBe("May 5, 2024");
        expect(getFormattedDateSpan(day("2024-05-05"), day("2024-05-07")).replace(/\s/g, " ")).toBe("May 5 – 7, 2024");
        expect(getFormattedDateSpan(day("2024-05-30"), day("2024-06-02"))).toMatch(/May 30 . June 2, 2024/);
    });
});
