/** Amounts that are shared between accounts: the widget, its dialog, and what distributions are made of. */
import { describe, expect, test, vi } from "vitest";
import "@analytic/components/analytic_distribution/analytic_distribution";
import { toDistribution, toLines, totalOf } from "@analytic/components/analytic_distribution/distribution";
import { save, settle, showFields, type } from "./form_page";

const PLANS = [
    { id: 1, name: "Project", applicability: "optional", column_name: "account_id" },
    { id: 2, name: "Departments", applicability: "mandatory", column_name: "x_plan2_id" },
];
const ACCOUNTS = [
    { id: 11, display_name: "New house", color: 1, root_plan_id: [1, "Project"] },
    { id: 21, display_name: "Sales", color: 2, root_plan_id: [2, "Departments"] },
    { id: 22, display_name: "Works", color: 2, root_plan_id: [2, "Departments"] },
];

const FIELDS = { analytic_distribution: { type: "json" }, analytic_precision: { type: "integer" } };

/** Show a field with a distribution; what is asked of plans is kept in `asked`. */
async function showDistribution(distribution, node = "") {
    const asked = vi.fn();
    const shown = await showFields(
        `<field name='analytic_distribution' widget='analytic_distribution' ${node}/>`,
        FIELDS,
        { analytic_distribution: distribution, analytic_precision: 2 },
        {
            answers: {
                search_read: (_model, _args, { domain }) => ACCOUNTS.filter(({ id }) => domain[0][2].includes(id)),
                get_relevant_plans: (_model, _args, kwargs) => {
                    asked(kwargs);
                    return PLANS;
                },
                web_search_read: () => ({ length: 0, records: [] }),
                name_search: () => ACCOUNTS.map((row) => [row.id, row.display_name]),
                read: (_model, [ids]) => ACCOUNTS.filter(({ id }) => ids.includes(id)),
            },
        }
    );
    const tags = () =>
        [...shown.field("analytic_distribution").querySelectorAll(".o_tag")].map((tag) => tag.textContent);
    return { ...shown, asked, tags };
}

describe("ANA-20: distributions", () => {
    test("are lines with an account of each plan", () => {
        const lines = toLines({ "11,21": 40, 22: 60, 99: 5 }, { 11: 1, 21: 2, 22: 2 });
        expect(lines).toEqual([
            { accounts: { 2: 22 }, percentage: 60 },
            { accounts: {}, percentage: 5 },
            { accounts: { 1: 11, 2: 21 }, percentage: 40 },
        ]);
        expect([totalOf(lines, 1), totalOf(lines, 2)]).toEqual([40, 100]);
        expect(toDistribution(lines)).toEqual({ "11,21": 40, 22: 60 });
        expect(toDistribution([{ accounts: { 1: false }, percentage: 100 }])).toBe(false);
    });

    test("are shown with the names of their accounts", async () => {
        const { tags } = await showDistribution({ "11,21": 33.5, 99: 66.5 });
        expect(tags()).toEqual(["Unknown account 66.5%", "New house | Sales 33.5%"]);
    });

    test("are not changed where the field is read only", async () => {
        const { field, tags } = await showDistribution({ 21: 100 }, "readonly='1'");
        expect(tags()).toEqual(["Sales 100%"]);
        expect(field("analytic_distribution").querySelector("button")).toBe(null);
    });

    test("are changed in a dialog", async () => {
        const { asked, field, page, saved, tags } = await showDistribution(
            { "11,21": 40, 22: 60 },
            `options="{'business_domain': 'bill'}"`
        );
        field("analytic_distribution").querySelector("button").click();
        await vi.waitFor(() => expect(document.querySelectorAll(".o_dialog tbody tr")).toHaveLength(2));
        expect(asked).toHaveBeenCalledWith(
            expect.objectContaining({ business_domain: "bill", existing_account_ids: [22, 11, 21] })
        );
        const dialog = document.querySelector(".o_dialog");
        const totals = () => [...dialog.querySelectorAll("th .badge")].map((badge) => badge.textContent);
        expect(totals()).toEqual(["40%", "100%"]);
        const percentage = (row) => dialog.querySelectorAll("input[aria-label='Percentage']")[row];
        await type(percentage(0), "abc");
        expect(dialog.querySelector("[role='alert']").textContent).toContain("number");
        expect(percentage(0).value).toBe("abc");
        await type(percentage(0), "50");
        expect(totals()).toEqual(["40%", "90%"]);
        expect(dialog.querySelectorAll("th .text-bg-danger")).toHaveLength(1);
        dialog.querySelectorAll("button[aria-label='Take the line out']")[1].click();
        await settle();
        dialog.querySelector(".modal-footer .btn-primary").click();
        await vi.waitFor(() => expect(tags()).toEqual(["Works 50%"]));
        await save(page);
        expect(saved().analytic_distribution).toEqual({ 22: 50 });
    });
    test("are typed while the names of their accounts are on their way", async () => {
        const { field } = await showDistribution({ 22: 100 });
        field("analytic_distribution").querySelector("button").click();
        await vi.waitFor(() => expect(document.querySelectorAll(".o_dialog tbody tr")).toHaveLength(1));
        const percentage = document.querySelector(".o_dialog input[aria-label='Percentage']");
        percentage.value = "4";
        percentage.dispatchEvent(new Event("input", { bubbles: true }));
        // as names do that arrive
        [...document.querySelectorAll(".o_dialog .btn-link")].find((one) => one.textContent === "Add a line").click();
        await settle();
        expect(percentage.value).toBe("4");
        percentage.value = "40";
        percentage.dispatchEvent(new Event("input", { bubbles: true }));
        percentage.dispatchEvent(new Event("change", { bubbles: true }));
        await settle();
        expect(percentage.value).toBe("40");
        expect(document.querySelector(".o_dialog th .text-bg-danger").textContent).toBe("40%");
    });
});
