/** What has to be done: the model, the menu, buttons of records, the list that they open. */
import { DateTime } from "luxon";
import { describe, expect, test, vi } from "vitest";
import { Activity } from "@mail/core/web/activity";
import { ActivityListPopover } from "@mail/core/web/activity_list_popover";
import { ActivityMenu } from "@mail/core/web/activity_menu";
import { user } from "@web/core/user";
import { startMail } from "./mail_page";
import { makeTestEnv, mount, nextFrame } from "./mount";

const day = (days) => DateTime.local().plus({ days }).toISODate();

/** An activity as the server tells it. */
const told = (id, days, values = {}) => ({
    id,
    active: true,
    activity_category: "default",
    activity_type_id: [4, "To-Do"],
    can_write: true,
    chaining_type: "suggest",
    date_deadline: day(days),
    display_name: `Thing ${id}`,
    icon: "fa-check",
    mail_template_ids: [],
    res_id: 7,
    res_model: "res.partner",
    state: "planned",
    user_id: [2, "Mitchell"],
    ...values,
});

/** A page whose server answers methods of activities. */
async function page(activities = [], answers = {}) {
    const actions = [];
    const calls = [];
    const call = async (model, method, args, kwargs) => {
        calls.push([method, ...args, ...(kwargs ? [kwargs] : [])]);
        return method === "activity_format" ? { "mail.activity": activities } : answers[method];
    };
    const orm = { call, silent: { call }, unlink: async (model, ids) => calls.push(["unlink", ids]) };
    const action = {
        doAction: async (what, options) => {
            actions.push([what, options]);
            options?.onClose?.();
        },
    };
    const { services } = await makeTestEnv(["hotkey", "overlay", "popover", "ui"]);
    const answer = (route) => (route === "/mail/data" ? answers.data || {} : {});
    const started = await startMail(answer, { ...services, action, orm });
    return { ...started, actions, calls };
}

async function settle() {
    for (let i = 0; i < 4; i++) {
        await nextFrame();
    }
}

async function click(element) {
    element.click();
    await settle();
}

describe("C46: activities", () => {
    test("are late, due or planned by the day that it is here", async () => {
        const { store } = await page();
        const insert = (id, days, values) => store.Activity.insert(told(id, days, values));
        expect([insert(1, -2), insert(2, 0), insert(3, 5)].map(({ state, daysLeft }) => [state, daysLeft])).toEqual([
            ["overdue", -2],
            ["today", 0],
            ["planned", 5],
        ]);
        expect(insert(4, 1, { active: false }).state).toBe("done");
    });

    test("are told to other tabs, which tell nobody", async () => {
        const { store } = await page();
        const sent = [];
        store.activityBroadcastChannel = { postMessage: (message) => sent.push(message) };
        const activity = store.Activity.insert(told(1, 0));
        expect([sent.length, sent[0].type, sent[0].payload[0].display_name]).toEqual([1, "INSERT", "Thing 1"]);
        store._onActivityBroadcast({ type: "INSERT", payload: [told(2, 0)] });
        store._onActivityBroadcast({ type: "DELETE", payload: { id: 2 } });
        expect([sent.length, Boolean(store.Activity.get(2))]).toEqual([1, false]);
        activity.feedback = "went well";
        await activity.markAsDone([9]);
        activity.remove();
        expect(sent.slice(1).map(({ type, payload }) => [type, payload.id])).toEqual([
            ["RELOAD_CHATTER", 7],
            ["DELETE", 1],
        ]);
    });
});

describe("C101: the menu", () => {
    const GROUP = { model: "res.partner", name: "Contact", icon: "/icon.png", view_type: "list" };
    const counts = { overdue_count: 2, today_count: 0, planned_count: 1, total_count: 2 };

    async function showMenu(groups, counter = 0) {
        const data = { Store: { activityGroups: groups, activityCounter: counter } };
        const shown = await page([], { data });
        shown.store.insert(data);
        const target = await mount(ActivityMenu, { env: shown.env });
        return { ...shown, target };
    }

    test("counts what is due, and shows it by kind of record", async () => {
        const { actions, target } = await showMenu([{ ...GROUP, ...counts }], 2);
        expect(target.querySelector(".o-mail-ActivityMenu-counter").textContent).toBe("2");
        await click(target.querySelector("button"));
        await settle();
        const numbers = [...document.querySelectorAll(".o-mail-ActivityGroup [data-filter]")];
        expect(numbers.map((number) => [number.textContent.trim(), number.disabled])).toEqual([
            ["2 late", false],
            ["0 today", true],
            ["1 later", false],
        ]);
        await click(numbers[0]);
        const [action, options] = actions[0];
        expect(action).toMatchObject({
            context: { force_search_count: 1, search_default_activities_overdue: 1 },
            domain: [["activity_user_id", "=", user.userId]],
            res_model: "res.partner",
        });
        expect(action.views.map(([, type]) => type)).toEqual(["kanban", "list", "form", "activity"]);
        expect(options).toEqual({ clearBreadcrumbs: true, viewType: "list" });
    });

    test("leads to what is without document, and to all", async () => {
        const others = { ...GROUP, ...counts, model: "mail.activity", activity_ids: [5] };
        const { actions, target } = await showMenu([others]);
        expect(target.querySelector(".o-mail-ActivityMenu-counter")).toBe(null);
        await click(target.querySelector("button"));
        await settle();
        await click(document.querySelector(".o-mail-ActivityGroup button"));
        await click(target.querySelector("button"));
        await settle();
        await click(document.querySelector(".o-mail-ActivityMenu-all"));
        expect(actions.map(([name]) => name)).toEqual([
            "mail.mail_activity_without_access_action",
            "mail.mail_activity_action_my",
        ]);
        expect(actions[0][1].additionalContext).toEqual({ active_ids: [5], active_model: "mail.activity" });
    });

    test("says that there is nothing to do", async () => {
        const { target } = await showMenu([]);
        await click(target.querySelector("button"));
        await settle();
        expect(document.querySelector(".o-mail-ActivityMenu-empty").textContent).toContain("nothing to do");
    });
});

describe("C112: the list that a button opens", () => {
    async function showList(activities, answers = {}, props = {}) {
        const shown = await page(activities, answers);
        const changed = vi.fn();
        const close = vi.fn();
        const target = await mount(ActivityListPopover, {
            env: shown.env,
            props: {
                activityIds: activities.map(({ id }) => id),
                close,
                onActivityChanged: changed,
                resId: 7,
                resModel: "res.partner",
                ...props,
            },
        });
        await settle();
        const item = (id) => target.querySelector(`[data-activity-id='${id}']`);
        return { ...shown, changed, close, item, target };
    }

    test("has what is late first", async () => {
        const { target } = await showList([told(1, 3), told(2, -1), told(3, 0)]);
        expect([...target.querySelectorAll("h3")].map((title) => title.textContent)).toEqual([
            "Late1",
            "Today1",
            "Planned1",
        ]);
        expect([...target.querySelectorAll("li")].map((item) => item.dataset.activityId)).toEqual(["2", "3", "1"]);
    });

    test("marks as done with what came of it", async () => {
        const { calls, changed, close, item } = await showList([told(1, 0), told(2, 0)]);
        await click(item(1).querySelector(".o-mail-ActivityListPopoverItem-markAsDone"));
        const area = item(1).querySelector("textarea");
        area.value = "went well";
        area.dispatchEvent(new Event("input"));
        await click(item(1).querySelector(".o-mail-ActivityMarkAsDone-done"));
        await settle();
        expect(calls.at(-1)).toEqual(["action_feedback", [1], { attachment_ids: [], feedback: "went well" }]);
        expect([item(1), changed.mock.calls.length, close.mock.calls.length]).toEqual([null, 1, 0]);
    });

    test("asks what comes next", async () => {
        const { actions, calls, item } = await showList([told(1, 0)], {
            action_feedback_schedule_next: { type: "next" },
        });
        await click(item(1).querySelector(".o-mail-ActivityListPopoverItem-markAsDone"));
        await click(item(1).querySelector(".o-mail-ActivityMarkAsDone-next"));
        await settle();
        expect(calls.at(-1)[0]).toBe("action_feedback_schedule_next");
        expect(actions[0][0]).toEqual({ type: "next" });
    });

    test("calls off, changes, and plans more", async () => {
        const { actions, calls, close, item, target } = await showList([told(1, 0)]);
        await click(item(1).querySelector(".o-mail-ActivityListPopoverItem-editbtn"));
        expect(actions[0][0]).toMatchObject({ res_id: 1, res_model: "mail.activity", target: "new" });
        await click(item(1).querySelector(".o-mail-ActivityListPopoverItem-cancel"));
        await settle();
        expect(calls.at(-1)).toEqual(["unlink", [1]]);
        expect(target.querySelector(".o-mail-ActivityListPopover-empty")).toBeTruthy();
        await click(target.querySelector(".o-mail-ActivityListPopover-add"));
        expect(close).toHaveBeenCalled();
        expect(actions.at(-1)[0]).toMatchObject({
            context: { active_ids: [7], active_model: "res.partner" },
            res_model: "mail.activity.schedule",
        });
    });

    test("offers nothing to those who may not", async () => {
        const { item } = await showList([told(1, 0, { can_write: false })]);
        expect(item(1).querySelectorAll("button").length).toBe(0);
    });
});

describe("C112: an activity in a chatter", () => {
    async function showActivity(values = {}, answers = {}) {
        const shown = await page([], answers);
        const activity = shown.store.Activity.insert(told(1, -3, values));
        const changed = vi.fn();
        const reload = vi.fn();
        const props = { activity, onActivityChanged: changed, reloadParentView: reload };
        const target = await mount(Activity, { env: shown.env, props });
        return { ...shown, activity, changed, reload, target };
    }

    test("tells what, when and who", async () => {
        const { target } = await showActivity({ summary: "Ring" });
        expect(target.querySelector(".o-mail-Activity-title").textContent).toBe("Ring");
        expect(target.querySelector(".o-mail-Activity-delay").textContent).toBe("3 days late");
        expect(target.querySelector(".o-mail-Activity-user").textContent).toContain("Mitchell");
        await click(target.querySelector("[aria-label=Details]"));
        expect(target.querySelector(".o-mail-Activity-details").textContent).toContain("To-Do");
    });

    test("has the parts that addons put something beside", async () => {
        const persona = { id: 17, type: "partner", name: "Dana Cole" };
        const { target } = await showActivity({ persona });
        const link = target.querySelector("div > div.o-mail-Activity-sidebar > a");
        expect(link.getAttribute("href")).toBe("/odoo/res.partner/17");
        expect(link.querySelector(":scope > img").alt).toBe("Dana Cole");
        expect(target.querySelector("div > div > div.o-mail-Activity-info > span.o-mail-Activity-user")).toBeTruthy();
        await click(target.querySelector("[aria-label=Details]"));
        const rows = [...target.querySelectorAll(".o-mail-Activity-details tr")];
        expect(rows.at(-1).querySelector(":scope > td").textContent).toBe("Dana Cole");
    });

    test("is done, changed or called off", async () => {
        const { changed, calls, reload, target } = await showActivity();
        await click(target.querySelector(".o-mail-Activity-edit"));
        await settle();
        expect([changed.mock.calls.length, reload.mock.calls.length]).toEqual([1, 1]);
        expect(changed.mock.calls[0][0].id).toBe(7);
        await click(target.querySelector(".o-mail-Activity-cancel"));
        await settle();
        expect(calls.at(-1)).toEqual(["unlink", [1]]);
        expect(changed.mock.calls.length).toBe(2);
    });

    test("waits for files where these are what is to be done", async () => {
        const { target } = await showActivity({ activity_category: "upload_file" });
        expect(target.querySelector(".o-mail-Activity-upload")).toBeTruthy();
        expect(target.querySelector(".o-mail-Activity-markDone")).toBe(null);
    });

    test("sends an e-mail of its kind", async () => {
        const { calls, target } = await showActivity({ mail_template_ids: [{ id: 8, name: "Hello" }] });
        await click(target.querySelector(".o-mail-ActivityMailTemplate-send"));
        await settle();
        expect(calls.at(-1)).toEqual(["activity_send_mail", [7], 8]);
    });
});
