/** Signing: by the name, by hand, by a picture. */
import { userEvent } from "vitest/browser";
import { expect, test, vi } from "vitest";
import { SignatureDialog } from "@web/core/signature/signature_dialog";
import { answerRpc, makeTestEnv, mount } from "./mount";

async function sign(props) {
    answerRpc(() => []);
    const uploadSignature = vi.fn();
    const close = vi.fn();
    const env = await makeTestEnv(["notification", "overlay", "dialog", "hotkey", "ui"]);
    const place = await mount(SignatureDialog, { env, props: { close, uploadSignature, ...props } });
    return { place, uploadSignature, close, confirm: place.querySelector(".modal-footer .btn-primary") };
}

/** Points of the picture that are not empty. */
function inked(canvas) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((_value, index) => index % 4 === 3 && data[index]).length;
}

test("the name is written", async () => {
    const { place, confirm, uploadSignature, close } = await sign({ defaultName: "Ada Byron" });
    const canvas = place.querySelector("canvas");
    expect(inked(canvas)).toBeGreaterThan(50);
    await userEvent.clear(place.querySelector(".o_web_sign_name_input"));
    await vi.waitFor(() => expect(confirm.disabled).toBe(true));
    expect(inked(canvas)).toBe(0);
    await userEvent.type(place.querySelector(".o_web_sign_name_input"), "Grace");
    await vi.waitFor(() => expect(confirm.disabled).toBe(false));
    confirm.click();
    await vi.waitFor(() => expect(close).toHaveBeenCalled());
    const [{ name, signatureImage }] = uploadSignature.mock.lastCall;
    expect(name).toBe("Grace");
    expect(signatureImage).toMatch(/^data:image\/png;base64,/);
});

test("a line is drawn, and wiped", async () => {
    const { place, confirm } = await sign({ nameAndSignatureProps: { mode: "draw" } });
    const canvas = place.querySelector("canvas");
    expect(confirm.disabled).toBe(true);
    canvas.setPointerCapture = () => {};
    const box = canvas.getBoundingClientRect();
    const point = (type, x, y) =>
        canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: box.left + x, clientY: box.top + y }));
    point("pointerdown", 10, 10);
    point("pointermove", 60, 40);
    point("pointerup", 60, 40);
    await vi.waitFor(() => expect(confirm.disabled).toBe(false));
    expect(inked(canvas)).toBeGreaterThan(50);
    place.querySelector(".o_web_sign_draw_clear").click();
    await vi.waitFor(() => expect(confirm.disabled).toBe(true));
    expect(inked(canvas)).toBe(0);
});

test("a picture is loaded, and what is none is refused", async () => {
    const { place, confirm } = await sign({});
    const input = place.querySelector("input[type=file]");
    const load = (file) => {
        const data = new DataTransfer();
        data.items.add(file);
        input.files = data.files;
        input.dispatchEvent(new Event("change"));
    };
    load(new File(["text"], "a.txt", { type: "text/plain" }));
    await vi.waitFor(() => expect(place.querySelector(".o_web_sign_load_invalid")).not.toBe(null));
    const drawn = new OffscreenCanvas(30, 10);
    drawn.getContext("2d").fillRect(0, 0, 30, 10);
    load(new File([await drawn.convertToBlob()], "a.png", { type: "image/png" }));
    await vi.waitFor(() => expect(confirm.disabled).toBe(false));
    expect(place.querySelector(".o_web_sign_load_invalid")).toBe(null);
    expect(inked(place.querySelector("canvas"))).toBeGreaterThan(500);
});
