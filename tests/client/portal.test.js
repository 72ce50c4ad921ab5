/** Pages for people from outside: counters of the home page, the talk about a document, signatures. */
import { expect, test, vi } from "vitest";
import { asHtml, PortalChatter } from "@portal/chatter/portal_chatter";
import { partsOf } from "@portal/js/portal_home";
import { SignatureForm } from "@portal/signature_form/signature_form";
import "@portal_rating/chatter/portal_chatter_patch";
import { RatingSummary } from "@portal_rating/chatter/rating_stars";
import { patch } from "@web/core/utils/patch";
import { answerRpc, makeTestEnv, mount } from "./mount";

test("prt_30c: counters come with few requests", () => {
    const names = (count) => Array.from({ length: count }, (_, index) => `c${index}`);
    expect(partsOf([])).toEqual([]);
    expect(partsOf(names(5)).length).toBe(1);
    expect(partsOf(names(6)).map((part) => part.length)).toEqual([3, 3]);
    expect(partsOf(names(40)).length).toBe(3);
    expect(partsOf(names(40)).flat().sort()).toEqual(names(40).sort());
});

const MESSAGE = {
    attachment_ids: [{ id: 4, name: "plan.pdf", access_token: "a b" }],
    author: { id: 3, name: "Cora" },
    author_avatar_url: "data:,",
    body: "<p>Hello<br>there</p>",
    date: "2025-01-01 10:00:00",
    is_internal: false,
    published_date_str: "yesterday",
};

/** The talk that was shown last. */
let shownChatter;
patch(PortalChatter.prototype, {
    setup() {
        super.setup();
        shownChatter = this;
    },
});

/** A talk with so many messages, whose calls are kept. */
async function talk(count, props = {}, answers = {}) {
    const calls = [];
    answerRpc((url, params) => {
        calls.push([url, params]);
        if (url in answers) {
            return answers[url](params);
        }
        if (url === "/portal/chatter_init") {
            return { "mail.thread": [{ hasWriteAccess: true }], Store: { self: { id: 3, type: "partner" } } };
        }
        const ids = Array.from({ length: count }, (_, index) => index + 1).filter((id) => id < (params.before || 99));
        const newest = ids.slice(-params.limit);
        return { data: { "mail.message": newest.map((id) => ({ ...MESSAGE, id })) } };
    });
    const env = await makeTestEnv([]);
    const base = { threadModel: "doc", threadId: 7, token: "secret", perPage: 2 };
    return { place: await mount(PortalChatter, { env, props: { ...base, ...props } }), calls };
}

const called = (calls, url) => calls.filter(([name]) => name === url).map(([, params]) => params);

test("prt_40: what was written last comes first, and more on demand", async () => {
    const { place, calls } = await talk(3);
    expect(place.querySelectorAll(".o_portal_message").length).toBe(2);
    const thread = { thread_model: "doc", thread_id: 7, token: "secret" };
    expect(called(calls, "/portal/chatter_init")).toEqual([thread]);
    expect(place.querySelector(".o_portal_files a").getAttribute("href")).toContain("access_token=a%20b");
    [...place.querySelectorAll("button")].find((button) => button.textContent === "Older messages").click();
    await vi.waitFor(() => expect(place.querySelectorAll(".o_portal_message").length).toBe(3));
    expect(called(calls, "/mail/chatter_fetch").at(-1)).toMatchObject({ ...thread, before: 2, limit: 2 });
    expect(place.textContent).not.toContain("Older messages");
});

test("prt_42: text is sent as text, and what is refused stays", async () => {
    expect(asHtml(" <b>a</b>\n& b ")).toBe("<p>&lt;b&gt;a&lt;/b&gt;<br>&amp; b</p>");
    const refuse = () => {
        throw Object.assign(new Error(), { data: { message: "Not now" } });
    };
    const { place, calls } = await talk(1, {}, { "/mail/message/post": refuse });
    const field = place.querySelector("textarea");
    const send = place.querySelector("button[type=submit]");
    expect(send.disabled).toBe(true);
    field.value = "Hello";
    field.dispatchEvent(new Event("input"));
    await vi.waitFor(() => expect(send.disabled).toBe(false));
    send.click();
    await vi.waitFor(() => expect(place.querySelector("[role=alert]")?.textContent).toBe("Not now"));
    expect(field.value).toBe("Hello");
    expect(called(calls, "/mail/message/post")[0]).toMatchObject({
        token: "secret",
        post_data: { body: "<p>Hello</p>" },
    });
});

test("prt_42: who wrote a message changes it", async () => {
    const { place, calls } = await talk(1, { hash: "h", pid: 3 }, { "/mail/message/update_content": () => ({}) });
    place.querySelector(".o_link_button").click();
    await vi.waitFor(() => expect(place.querySelector(".o_portal_message textarea")?.value).toBe("Hello\nthere"));
    place.querySelector(".o_portal_message button[type=submit]").click();
    await vi.waitFor(() => expect(called(calls, "/mail/chatter_fetch").length).toBe(2));
    const [changed] = called(calls, "/mail/message/update_content");
    expect(changed).toMatchObject({
        message_id: 1,
        attachment_ids: [4],
        attachment_tokens: ["a b"],
        hash: "h",
        pid: 3,
    });
});

test("prt_45: a signature is sent, and what the answer says is told", async () => {
    let answer = { error: "Too late" };
    const calls = [];
    answerRpc((url, params) => {
        calls.push([url, params]);
        return url === "/sign/1" ? answer : [];
    });
    const env = await makeTestEnv(["notification"]);
    const place = await mount(SignatureForm, { env, props: { callUrl: "/sign/1", defaultName: "Ada", mode: "auto" } });
    const send = place.querySelector(".o_portal_sign_submit");
    await vi.waitFor(() => expect(send.disabled).toBe(false));
    send.click();
    await vi.waitFor(() => expect(place.querySelector("[role=alert]")?.textContent).toBe("Too late"));
    const [[, sent]] = calls.filter(([url]) => url === "/sign/1");
    expect(sent.name).toBe("Ada");
    expect(atob(sent.signature).slice(1, 4)).toBe("PNG");
    answer = { message: "Thank you", redirect_url: "/next", redirect_message: "On" };
    send.click();
    await vi.waitFor(() => expect(place.querySelector("[role=status]")?.textContent).toContain("Thank you"));
    expect(place.querySelector("a").getAttribute("href")).toBe("/next");
});

test("rat_9: stars go with a message, are averaged and chosen, and are answered", async () => {
    const stats = { avg: 4.3, percent: { 1: 0, 2: 0, 3: 0, 4: 67, 5: 33 }, total: 3 };
    const rating = { id: 8, publisher_comment: "", rating: 4 };
    const answers = {
        "/mail/chatter_fetch": () => ({
            data: { "mail.message": [{ ...MESSAGE, id: 1, rating }] },
            rating_stats: stats,
        }),
        "/mail/message/post": () => ({}),
        "/website/rating/comment": ({ publisher_comment }) => ({ ...rating, publisher_comment }),
    };
    const { calls } = await talk(1, { ratingInclude: true }, answers);
    const chatter = shownChatter;
    expect(chatter.rating.stats).toEqual(stats);
    Object.assign(chatter.state, { text: "Good" });
    chatter.rating.stars = 4;
    await chatter.onSubmit();
    expect(called(calls, "/mail/message/post")[0].post_data).toMatchObject({ body: "<p>Good</p>", rating_value: 4 });
    expect(chatter.rating.stars).toBe(0);
    await chatter.onChooseStars(5);
    expect(called(calls, "/mail/chatter_fetch").at(-1)).toMatchObject({ rating_include: true, rating_value: 5 });
    const [message] = chatter.state.messages;
    chatter.onAnswer(message);
    chatter.rating.answer = "Thanks";
    await chatter.onSaveAnswer(message);
    expect(message.rating.publisher_comment).toBe("Thanks");
    const chosen = [];
    const summary = await mount(RatingSummary, {
        env: await makeTestEnv([]),
        props: { chosen: 0, onChoose: (stars) => chosen.push(stars), stats },
    });
    expect(summary.querySelector("b").textContent).toBe("4.3");
    expect([...summary.querySelectorAll(".o_rating_row")].map((row) => row.disabled)).toEqual([
        false,
        false,
        true,
        true,
        true,
    ]);
    summary.querySelector(".o_rating_row").click();
    expect(chosen).toEqual([5]);
});
