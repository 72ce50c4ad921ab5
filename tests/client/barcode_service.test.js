/** Scanners that type, and what answers: entries BAR-7 and BAR-13. */
import { Component, EventBus, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { session } from "@web/session";
import { BarcodeHandlerField } from "@barcodes/barcode_handler_field";
import { barcodeService } from "@barcodes/barcode_service";
import { BarcodeScanner } from "@barcodes/components/barcode_scanner";
import { FloatScannableField } from "@barcodes/float_scannable_field";
import "@barcodes/barcode_handlers";
import "@barcodes_gs1_nomenclature/js/barcode_service";
import { afterThis, makeTestEnv, mount, nextFrame } from "./mount";

const find = (selector) => document.querySelector(selector);
let scanned;

/** Type keys like a scanner. @returns {KeyboardEvent} the last one */
function type(keys, target = document.body) {
    let event;
    for (const key of keys) {
        event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        target.dispatchEvent(event);
    }
    return event;
}
const scan = (barcode, target) => type([...barcode, "Enter"], target);

async function open(Content, props = {}, names = []) {
    const env = await makeTestEnv(["barcode", "overlay", "notification", "ui", ...names]);
    env.services.barcode.bus.addEventListener("barcode_scanned", ({ detail }) => scanned.push(detail.barcode));
    await mount(Content, { env, props });
    return env;
}

class Page extends Component {
    static template = xml`
        <input class="plain"/><input class="asks" data-enable-barcode="true"/>
        <input class="events" barcode_events="true"/><div class="text" contenteditable="true"/>
        <button class="o_form_button_save" t-on-click="() => this.props.onClick('save')">Save</button>
        <button barcode_trigger="VALI" t-on-click="() => this.props.onClick('validate')">Validate</button>
        <button barcode_trigger="OFF" disabled="1" t-on-click="() => this.props.onClick('off')">Off</button>`;
    static props = ["*"];
}

beforeEach(() => {
    scanned = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { clearTimeout, setTimeout } = browser;
    Object.assign(browser, {
        clearTimeout: (id) => window.clearTimeout(id),
        setTimeout: (...args) => window.setTimeout(...args),
    });
    afterThis(() => {
        Object.assign(browser, { clearTimeout, setTimeout });
        vi.useRealTimers();
    });
});

describe("BAR-13: keys of scanners", () => {
    test("end with Enter, Tab or a pause", async () => {
        await open(Page);
        expect(scan("12345670").defaultPrevented).toBe(true);
        type([..."abc", "Tab"]);
        type("12");
        vi.advanceTimersByTime(100);
        type("34");
        expect(scanned).toEqual(["12345670", "abc"]);
        vi.advanceTimersByTime(160);
        expect(scanned.at(-1)).toBe("1234");
    });

    test("are at least three, and typed into one place", async () => {
        await open(Page);
        expect(scan("12").defaultPrevented).toBe(false);
        type("1");
        vi.advanceTimersByTime(200);
        type("2");
        vi.advanceTimersByTime(200);
        scan("3");
        type("123");
        scan("45", find("button"));
        type([..."67", "ArrowLeft", "F5"]);
        scan("8");
        expect(scanned).toEqual(["678"]);
    });

    test("that were held are not read, nor is what people write", async () => {
        await open(Page);
        type(["Shift", "A", "Control", "b", "Alt", "c", "Enter"]);
        expect(scanned).toEqual(["Abc"]);
        for (const selector of [".plain", ".text"]) {
            expect(scan("12345", find(selector)).defaultPrevented).toBe(false);
        }
        expect(scanned).toEqual(["Abc"]);
        const told = vi.fn();
        for (const selector of [".asks", ".events"]) {
            find(selector).addEventListener("barcode_scanned", ({ detail }) => told(selector, detail.barcode));
            scan("12345", find(selector));
        }
        expect(scanned).toEqual(["Abc", "12345", "12345"]);
        expect(told.mock.calls).toEqual([[".events", "12345"]]);
    });

    test("BAR-11: of GS1 have a separator", async () => {
        session.gs1_group_separator_encodings = "(Alt029|#|\\x1D)";
        afterThis(() => delete session.gs1_group_separator_encodings);
        await open(Page);
        type([..."10A", "Alt", ..."02930#5", "Enter"]);
        expect(scanned).toEqual(["10A\x1d30\x1d5"]);
        expect(barcodeService.cleanBarcode("ShiftA")).toBe("A");
    });
});

describe("BAR-13: commands", () => {
    test("press buttons, and tell when there are none", async () => {
        const onClick = vi.fn();
        await open(Page, { onClick }, ["barcode_autoclick"]);
        scan("OCDSAVE");
        scan("OBTVALI");
        scan("12345670");
        expect(onClick.mock.calls).toEqual([["save"], ["validate"]]);
        expect(find(".o_notification")).toBe(null);
        scan("OBTOFF");
        vi.useRealTimers();
        await vi.waitFor(() => expect(find(".o_notification").textContent).toMatch("OBTOFF"));
        expect(onClick).toHaveBeenCalledTimes(2);
    });

    test("turn to the first and the last record", async () => {
        const turned = vi.fn();
        class Pager extends Component {
            static template = xml`
                <div t-on-change="(ev) => this.props.turned(ev.target.value)">
                    <span class="o_pager_value" t-on-click="(ev) => this.edit(ev)">3</span> / <span class="o_pager_limit">80</span>
                </div>`;
            static props = ["turned"];
            edit({ target }) {
                const input = document.createElement("input");
                input.className = "o_pager_value";
                target.replaceWith(input);
            }
        }
        await open(Pager, { turned }, ["barcode_autoclick"]);
        scan("OCDPAGERLAST");
        vi.useRealTimers();
        await vi.waitFor(() => expect(turned).toHaveBeenCalledExactlyOnceWith("80"));
    });
});

test("BAR-7: documents get what is scanned, but no commands", async () => {
    const update = vi.fn();
    const props = { name: "_barcode_scanned", record: { update } };
    await open(BarcodeHandlerField, props);
    scan("12345670");
    scan("OCDSAVE");
    expect(update.mock.calls).toEqual([[{ _barcode_scanned: "12345670" }]]);
});

test("BAR-13: numbers stay what they are when something is scanned", async () => {
    const record = {
        data: { qty: 2 },
        fields: { qty: { type: "float" } },
        update: vi.fn(),
        isFieldInvalid: () => false,
    };
    Object.assign(record, { resetFieldValidity: () => {}, model: { bus: new EventBus() }, context: {} });
    await open(FloatScannableField, { name: "qty", record, readonly: false });
    const input = find("input");
    vi.useRealTimers();
    await nextFrame();
    expect(input.value).toBe("2.00");
    input.value = "12345670";
    scan("12345670", input);
    expect([scanned, input.value]).toEqual([["12345670"], "2.00"]);
});

test("BAR-13: where there is no camera there is no button", async () => {
    await open(BarcodeScanner, { onBarcodeScanned: () => {} });
    expect(find(".o_mobile_barcode")).toBe(null);
});
