/** Calendars of people: whose cards events have, what is asked before a series is changed, and reminders. */
import { DateTime, Settings } from "luxon";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { parseXML } from "@web/core/utils/xml";
import { CalendarArchParser } from "@web/views/calendar/calendar_arch_parser";
import "@web/views/fields/formatters";
import { calendarNotificationService } from "@calendar/js/services/calendar_notification_service";
import { AttendeeCalendarModel } from "@calendar/views/attendee_calendar/attendee_calendar_model";
import { defaultsOf } from "@calendar/views/calendar_form/calendar_quick_create";
import { ImportIcalendar, importIcalendarItem, outcome } from "@calendar/views/import_icalendar/import_icalendar";
import { makeTestEnv, mount, nextFrame } from "./mount";

const ME = 3;
const FIELDS = {
    id: { name: "id", type: "integer" },
    display_name: { name: "display_name", type: "char" },
    start: { name: "start", type: "datetime" },
    stop: { name: "stop", type: "datetime" },
    allday: { name: "allday", type: "boolean" },
    duration: { name: "duration", type: "float" },
    partner_ids: { name: "partner_ids", type: "many2many", relation: "res.partner", string: "Attendees" },
};
const ARCH = `<calendar date_start="start" date_stop="stop" date_delay="duration" all_day="allday" color="partner_ids">
        <field name="partner_ids" write_model="calendar.filters" write_field="partner_id" filter_field="partner_checked"/>
    </calendar>`;
const EVENT = {
    id: 7,
    display_name: "Tasting",
    start: "2024-05-15 09:00:00",
    stop: "2024-05-15 10:00:00",
    allday: false,
    duration: 1,
    partner_ids: [ME, 8],
    partner_id: [ME, "Me"],
    recurrency: false,
};
const KEPT = { id: 70, partner_id: [8, "Carla"], partner_checked: true };
const ROWS = [
    { id: ME, status: "accepted", event_id: 7, attendee_id: 21, is_alone: false },
    { id: 8, status: "declined", event_id: 7, attendee_id: 22, is_alone: true },
];

let asked;

/** A model over one event, whose dialogs give an answer. */
async function makeModel({ event = EVENT, kept = [KEPT], policy, ...params } = {}) {
    const answers = {
        check_synchronization_status: {},
        get_default_duration: 2,
        get_attendee_detail: ROWS,
    };
    const note =
        (method) =>
        async (model, ...args) => {
            asked.push({ model, method, args });
            return true;
        };
    const orm = {
        call: async (model, method, args) => {
            asked.push({ model, method, args });
            return answers[method];
        },
        searchRead: async (model) => (model === "calendar.event" ? [event] : kept),
        ...Object.fromEntries(["create", "unlink", "write"].map((method) => [method, note(method)])),
    };
    const dialog = { add: (_Dialog, props, { onClose }) => (policy ? props.confirm(policy) : onClose()) };
    const archInfo = new CalendarArchParser().parse(
        parseXML(ARCH),
        { "calendar.event": { fields: FIELDS } },
        "calendar.event"
    );
    const model = new AttendeeCalendarModel(
        { config: { viewId: 5, views: [] }, isSmall: false },
        {
            ...archInfo,
            fields: FIELDS,
            resModel: "calendar.event",
            domain: [],
            context: {},
            date: DateTime.fromISO("2024-05-15"),
            ...params,
        },
        { dialog, orm }
    );
    await model.load();
    return model;
}

const zone = Settings.defaultZone;
beforeEach(() => {
    asked = [];
    Settings.defaultZone = "utc";
    vi.spyOn(user, "partnerId", "get").mockReturnValue(ME);
    vi.spyOn(user, "checkAccessRight").mockResolvedValue(true);
    vi.spyOn(browser, "fetch").mockImplementation(
        async () =>
            new Response(JSON.stringify({ jsonrpc: "2.0", id: 0, result: {} }), {
                headers: { "Content-Type": "application/json" },
            })
    );
});
afterEach(() => {
    Settings.defaultZone = zone;
    vi.restoreAllMocks();
    browser.localStorage.clear();
});

describe("cards", () => {
    test("CAL-60: everybody whose calendar is looked at has a card of the event", async () => {
        const { records } = await makeModel();
        expect(Object.keys(records)).toEqual(["7", "7-8"]);
        expect(records[7]).toMatchObject({ id: 7, attendeeId: ME, attendeeStatus: "accepted", colorIndex: ME });
        expect(records["7-8"]).toMatchObject({ id: 7, attendeeId: 8, isAlone: true, calendarAttendeeId: 21 });
        expect(asked).toContainEqual({ model: "res.partner", method: "get_attendee_detail", args: [[ME, 8], [7]] });
        expect(asked.map(({ method }) => method)).toEqual(
            expect.arrayContaining(["check_synchronization_status", "get_default_duration"])
        );
    });

    test("CAL-60: there is one card when everybody's calendars are looked at", async () => {
        const model = await makeModel({ allFilter: { Attendees: true } });
        expect(Object.values(model.records).map(({ attendeeId }) => attendeeId)).toEqual([ME]);
    });

    test("new events are with those whose calendars are looked at, as long as the user's are", async () => {
        const model = await makeModel();
        const start = DateTime.fromISO("2024-05-16T08:00:00");
        const context = model.makeContextDefaults(model.buildRawRecord({ start, isAllDay: false }));
        expect(context).toMatchObject({
            default_start: "2024-05-16 08:00:00",
            default_stop: "2024-05-16 10:00:00",
            default_partner_ids: [ME, 8],
        });
        const days = model.makeContextDefaults(model.buildRawRecord({ start, end: start, isAllDay: true }));
        expect(days).toMatchObject({ default_start_date: "2024-05-16", default_stop_date: "2024-05-16" });
    });
});

describe("changes", () => {
    const moved = {
        id: 7,
        start: DateTime.fromISO("2024-05-16T09:00:00Z"),
        end: DateTime.fromISO("2024-05-16T10:00:00Z"),
    };
    const series = { ...EVENT, recurrency: true };

    test("CAL-61: of a series, the user says which events are moved", async () => {
        const model = await makeModel({ event: series, policy: "future_events" });
        await model.updateRecord(moved);
        const [{ args }] = asked.filter(({ method }) => method === "write");
        expect(args[1]).toMatchObject({ start: "2024-05-16 09:00:00", recurrence_update: "future_events" });
    });

    test("CAL-61: without an answer nothing is moved", async () => {
        const model = await makeModel({ event: series });
        await model.updateRecord(moved);
        await model.archiveRecord(model.records[7]);
        expect(await model.changeAttendeeStatus(model.records[7], "declined")).toBe(false);
        expect(asked.some(({ method }) => ["write", "action_mass_archive"].includes(method))).toBe(false);
    });

    test("CAL-61: what is archived, declined and answered", async () => {
        const model = await makeModel();
        await model.archiveRecord(model.records[7]);
        await model.declineRecord(model.records["7-8"]);
        await model.changeAttendeeStatus(model.records[7], "tentative");
        const calls = asked.map(({ model: name, method, args }) => [name, method, args]);
        expect(calls).toContainEqual(["calendar.event", "action_archive", [[7]]]);
        expect(calls).toContainEqual(["calendar.attendee", "do_decline", [[21]]]);
        expect(calls).toContainEqual(["calendar.event", "change_attendee_status", [[7], "tentative", "self_only"]]);
        const other = await makeModel({ event: series, policy: "all_events" });
        await other.archiveRecord(other.records[7]);
        expect(asked.some(({ method }) => method === "action_mass_archive")).toBe(true);
    });

    test("CAL-62: the whole form gets what the small one has", () => {
        const start = DateTime.fromISO("2024-05-15T09:00:00Z");
        const data = { name: "Tasting", start, allday: false, description: "", partner_ids: { currentIds: [ME] } };
        const fields = { ...FIELDS, name: { type: "char" }, description: { type: "html" } };
        expect(defaultsOf({ data, fields })).toEqual({
            default_name: "Tasting",
            default_start: "2024-05-15 09:00:00",
            default_allday: false,
            default_description: false,
            default_partner_ids: [ME],
        });
    });
});

describe("reminders", () => {
    test("CAL-63: each is shown once when it is due, and can be put off", () => {
        const timers = new Map();
        vi.spyOn(browser, "setTimeout").mockImplementation((callback, delay) => {
            timers.set(timers.size + 1, { callback, delay });
            return timers.size;
        });
        vi.spyOn(browser, "clearTimeout").mockImplementation((id) => timers.delete(id));
        const pass = (delay) =>
            [...timers.values()].filter((timer) => timer.delay === delay).forEach((timer) => timer.callback());
        const shown = [];
        const bus = { start: vi.fn(), subscribe: vi.fn() };
        const notification = {
            add: (message, options) => {
                shown.push({ message, ...options });
                return options.onClose;
            },
        };
        const action = { doAction: vi.fn(async () => {}) };
        calendarNotificationService.start({}, { action, bus_service: bus, notification });
        const [[type, plan]] = bus.subscribe.mock.calls;
        expect(type).toBe("calendar.alarm");
        const reminder = { alarm_id: 1, event_id: 7, title: "Tasting", message: "at nine", timer: 60 };
        plan([reminder]);
        expect(shown).toEqual([]);
        pass(60000);
        expect(shown).toMatchObject([{ message: "at nine", title: "Tasting", sticky: true, type: "warning" }]);
        expect(shown[0].buttons).toHaveLength(3);
        plan([{ ...reminder, timer: 0 }]);
        pass(0);
        expect(shown).toHaveLength(1);
        shown[0].buttons[2].onClick();
        plan([{ ...reminder, timer: 0 }]);
        pass(0);
        expect(shown).toHaveLength(2);
        shown[1].buttons[1].onClick();
        expect(action.doAction.mock.calls[0][0]).toMatchObject({ res_model: "calendar.event", res_id: 7 });
    });
});

test("CAL-56: a calendar file is read from the menu", async () => {
    const call = vi.fn(async () => ({ created: 2, updated: 0, skipped: 1 }));
    const [add, doAction] = [vi.fn(), vi.fn()];
    const env = await makeTestEnv([], { action: { doAction }, notification: { add }, orm: { call } });
    const place = await mount(ImportIcalendar, { env });
    const input = place.querySelector("input[type=file]");
    const files = new DataTransfer();
    files.items.add(new File(["BEGIN"], "a.ics"));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    await vi.waitFor(() => expect(doAction).toHaveBeenCalledWith("soft_reload"));
    expect(call).toHaveBeenCalledWith("calendar.event", "import_icalendar", [btoa("BEGIN")]);
    expect(add).toHaveBeenCalledWith("New meetings: 2. Meetings left as they were: 1.", { type: "success" });
    expect(outcome({ created: 0, updated: 0, skipped: 0 })).toBe("There is no meeting in the file.");
    const shown = (resModel, viewType) =>
        importIcalendarItem.isDisplayed({ config: { viewType }, searchModel: { resModel } });
    expect([shown("calendar.event", "calendar"), shown("calendar.event", "form"), shown("x", "list")]).toEqual([
        true,
        false,
        false,
    ]);
    await nextFrame();
});
