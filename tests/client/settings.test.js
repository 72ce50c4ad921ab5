/** What settings pages have of their own. */
import { describe, expect, test, vi } from "vitest";
import { makeTestEnv, mount } from "./mount";
import { SettingsBinaryField } from "@web/webclient/settings_form_view/fields/settings_binary_field/settings_binary_field";
import { UpgradeBooleanField } from "@web/webclient/settings_form_view/fields/upgrade_boolean_field";
import { splitByQuery } from "@web/webclient/settings_form_view/highlight_text/highlight_text";
import { SettingsFormCompiler } from "@web/webclient/settings_form_view/settings_form_compiler";
import { parseXML } from "@web/core/utils/xml";

describe("what is looked for", () => {
    test("is every second part of a text", () => {
        expect(splitByQuery("Languages of the language", "LANG")).toEqual([
            "",
            "Lang",
            "uages of the ",
            "lang",
            "uage",
        ]);
        expect(splitByQuery("Users", "mail")).toEqual(["Users"]);
        expect(splitByQuery("Users", "")).toEqual(["Users"]);
    });

    test("is not marked where letters grow", () => {
        expect(splitByQuery("İstanbul", "tan")).toEqual(["İstanbul"]);
    });
});

test("a file belongs to the record at the end of a related field", () => {
    const fields = {
        logo: { related: "company_id.logo_web" },
        deep: { related: "company_id.partner_id.image" },
        own: {},
        company_id: { relation: "res.company" },
    };
    const record = { data: { company_id: [4, "Marigold"] }, fields, resModel: "res.config.settings", resId: 9 };
    const of = (name) => {
        const getData = SettingsBinaryField.prototype.getDownloadData;
        return getData.call(Object.create(SettingsBinaryField.prototype, { props: { value: { name, record } } }));
    };
    expect(of("logo")).toMatchObject({ model: "res.company", id: 4, field: "logo_web" });
    expect(of("deep")).toMatchObject({ model: "res.config.settings", id: 9, field: "deep" });
    expect(of("own")).toMatchObject({ model: "res.config.settings", id: 9, field: "own" });
    record.data.company_id = false;
    expect(of("logo")).toMatchObject({ model: "res.config.settings", id: 9 });
});

test("a switch of what is not there says so, and goes back", async () => {
    const add = vi.fn();
    const env = await makeTestEnv([], { dialog: { add } });
    const update = vi.fn();
    const record = { data: { module_voip: false }, fields: { module_voip: { type: "boolean" } }, update };
    const target = await mount(UpgradeBooleanField, { env, props: { name: "module_voip", record } });
    target.querySelector("input").click();
    await expect.poll(() => add.mock.calls.length).toBe(1);
    const [, props, options] = add.mock.calls[0];
    expect(props).toEqual({ moduleName: "voip" });
    options.onClose();
    expect(update.mock.calls.map(([values]) => values)).toEqual([{ module_voip: true }, { module_voip: false }]);
});

test("the arch of a page becomes its parts", () => {
    const arch = parseXML(`<form>
        <app name="general_settings" string="General"><block title="One" help="Tip" id="b">
            <setting id="first" string="First"/><setting type="header" string="Head"/>
        </block></app>
        <app name="stock" string="Stock" invisible="context.get('x')"/><app name="more" notApp="1"/>
    </form>`);
    const page = new SettingsFormCompiler({ form: arch }).compile("form").querySelector("SettingsPage");
    const modules = page.getAttribute("modules");
    expect(modules).toContain("/base/static/description/settings.png");
    expect(modules).toContain("/stock/static/description/icon.png");
    expect(modules).not.toContain("more");
    expect(JSON.parse(page.getAttribute("anchors"))).toEqual([{ app: "general_settings", settingId: "first" }]);
    const block = page.querySelector("SettingsBlock");
    expect(["title", "tip", "id"].map((name) => block.getAttribute(name))).toEqual(["`One`", "`Tip`", "`b`"]);
    expect([...block.children].map((child) => child.tagName)).toEqual(["SearchableSetting", "SettingHeader"]);
});
