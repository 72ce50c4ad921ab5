/** Barcodes before the camera. */
import { expect, test, vi } from "vitest";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { Component, xml } from "@odoo/owl";
import { afterThis, makeTestEnv, mount } from "./mount";

class Blank extends Component {
    static template = xml`<p/>`;
    static props = ["*"];
}

/** A camera that shows a code, or fails. */
function camera({ code, error }) {
    const { navigator } = browser;
    const { BarcodeDetector } = globalThis;
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 5, 5);
    const stream = canvas.captureStream(20);
    const repaint = setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 9, 5), 30);
    const getUserMedia = vi.fn(async () => {
        if (error) {
            throw Object.assign(new Error("no"), { name: error });
        }
        return stream;
    });
    browser.navigator = { mediaDevices: { getUserMedia } };
    globalThis.BarcodeDetector = class {
        detect = async () => (code ? [{ rawValue: code }] : []);
    };
    afterThis(() => {
        clearInterval(repaint);
        browser.navigator = navigator;
        globalThis.BarcodeDetector = BarcodeDetector;
    });
    return stream;
}

async function scan() {
    const env = await makeTestEnv(["notification", "overlay", "dialog", "hotkey", "ui"]);
    const place = await mount(Blank, { env });
    return { place, result: scanBarcode(env) };
}

test("a code that the camera sees is the answer, and the camera rests", async () => {
    const stream = camera({ code: "5901234123457" });
    const { place, result } = await scan();
    expect(await result).toBe("5901234123457");
    await vi.waitFor(() => expect(place.querySelector(".o_dialog")).toBe(null));
    expect(stream.getTracks().every((track) => track.readyState === "ended")).toBe(true);
});

test("without a camera it is said why, and closing answers nothing", async () => {
    camera({ error: "NotAllowedError" });
    const { place, result } = await scan();
    await vi.waitFor(() => expect(place.querySelector(".o_barcode_error").textContent).toContain("allow"));
    place.querySelector(".btn-close").click();
    expect(await result).toBe(null);
});

test("browsers that know no barcodes are known", () => {
    camera({});
    expect(isBarcodeScannerSupported()).toBe(true);
    delete globalThis.BarcodeDetector;
    expect(isBarcodeScannerSupported()).toBe(false);
});
