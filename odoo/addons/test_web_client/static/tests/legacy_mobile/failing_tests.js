/** @odoo-module **/
/* global QUnit */

import { Component, xml } from "@odoo/owl";
import { getFixture, mount } from "@web/../tests/helpers/utils";

QUnit.module("Small screens");

// what the page says of it is tested
QUnit.test("fails", async (assert) => {
    assert.hasClass(getFixture(), "o_small");
    assert.strictEqual(1 + 1, 3, "sums");
});

QUnit.test("throws", async () => {
    class Broken extends Component {
        static template = xml`<p t-esc="leaf.colour"/>`;
        static props = ["*"];
    }
    await mount(Broken, getFixture());
});
