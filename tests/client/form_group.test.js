/** Groups of forms as components, for renderers of addons. */
import { Component, xml } from "@odoo/owl";
import { expect, test } from "vitest";
import { InnerGroup, OuterGroup } from "@web/views/form/form_group/form_group";
import { makeTestEnv, mount } from "./mount";

class Label extends Component {
    static template = xml`<label t-esc="props.text"/>`;
    static props = ["text"];
}

class Host extends Component {
    static components = { InnerGroup, OuterGroup };
    static props = [];
    static template = xml`
        <OuterGroup class="'outer'" maxCols="3">
            <t t-set-slot="title">All</t>
            <t t-set-slot="b" type="'item'" sequence="1" isVisible="true" itemSpan="5"><p>second</p></t>
            <t t-set-slot="a" type="'item'" sequence="0" isVisible="true">
                <InnerGroup class="'inner'" maxCols="4">
                    <t t-set-slot="x" type="'item'" sequence="0" subType="'item_component'" itemSpan="2" isVisible="true"
                       Component="Label" props="{ text: 'X' }"><input class="x"/></t>
                    <t t-set-slot="y" type="'item'" sequence="1" itemSpan="2"><p>wide</p></t>
                    <t t-set-slot="z" type="'item'" sequence="2" itemSpan="4" class="'third'"><p>below</p></t>
                    <t t-set-slot="gone" type="'item'" sequence="3" isVisible="false"><p>hidden</p></t>
                </InnerGroup>
            </t>
            <t t-set-slot="other">no item</t>
        </OuterGroup>`;
    Label = Label;
}

test("groups lay their slots out in columns", async () => {
    const page = await mount(Host, { env: await makeTestEnv([]) });
    const outer = page.querySelector(".outer");
    const inner = page.querySelector(".inner");
    expect(outer.textContent.replace(/\s+/g, "")).toBe("AllXwidebelowsecond");
    expect(outer.style.getPropertyValue("--o-columns").trim()).toBe("3");
    const spans = (el) => [...el.children].map((child) => child.style.getPropertyValue("--o-span").trim());
    expect(spans(outer)).toEqual(["", "1", "3"]);
    expect(inner.style.getPropertyValue("--o-columns").trim()).toBe("2");
    expect(spans(inner)).toEqual(["1", "1", "", "2"]);
    const [pair, wide, end, below] = inner.children;
    expect(pair.querySelector(".o_wrap_label label").textContent).toBe("X");
    expect(pair.querySelector(".o_wrap_input:not(.o_wide) .x")).not.toBe(null);
    expect(wide.querySelector(".o_wrap_label")).toBe(null);
    expect([...end.classList, ...below.classList]).toEqual(["o_group_break", "o_wrap_field", "third"]);
});
