/** Colour picker, copy button, dropzone, uploads with progress, file viewer. */
import { Component, useRef, xml } from "@odoo/owl";
import { userEvent } from "vitest/browser";
import { describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { Colorpicker } from "@web/core/colorpicker/colorpicker";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileUploadProgressContainer } from "@web/core/file_upload/file_upload_progress_container";
import { FileUploadProgressKanbanRecord } from "@web/core/file_upload/file_upload_progress_record";
import { fileUploadService } from "@web/core/file_upload/file_upload_service";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { convertHslToRgb, convertRgbToHsl } from "@web/core/utils/colors";
import { afterThis, makeTestEnv, mount } from "./mount";

const SERVICES = ["notification", "overlay", "popover", "dialog", "hotkey", "ui"];
const file = (values) => Object.assign(new FileModel(), values);

test("colours have hue, saturation and lightness", () => {
    expect(convertRgbToHsl(255, 0, 0)).toEqual({ hue: 0, saturation: 100, lightness: 50 });
    expect(convertHslToRgb(120, 100, 50)).toEqual({ red: 0, green: 255, blue: 0 });
    expect(convertRgbToHsl(300, 0, 0)).toBe(false);
    expect(convertHslToRgb(0, 101, 0)).toBe(false);
    for (const [red, green, blue] of [
        [18, 52, 86],
        [200, 10, 99],
        [128, 128, 128],
    ]) {
        const { hue, saturation, lightness } = convertRgbToHsl(red, green, blue);
        expect(convertHslToRgb(hue, saturation, lightness)).toEqual({ red, green, blue });
    }
});

describe("colour picker", () => {
    test("by numbers, sliders and keys", async () => {
        const onColorSelect = vi.fn();
        const env = await makeTestEnv();
        const place = await mount(Colorpicker, { env, props: { selectedColor: "#336699", onColorSelect } });
        const hex = place.querySelector(".o_hex_input");
        expect(hex.value.toLowerCase()).toBe("#336699");
        await userEvent.fill(hex, "#00ff00");
        await userEvent.keyboard("{Enter}");
        expect(onColorSelect).toHaveBeenLastCalledWith(expect.objectContaining({ hex: "#00ff00", opacity: 100 }));
        await userEvent.fill(place.querySelector(".o_opacity_input"), "50");
        await userEvent.tab();
        expect(onColorSelect.mock.lastCall[0].cssColor).toBe("#00ff0080");
        place.querySelector(".o_color_pick_area").focus();
        await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
        expect(onColorSelect.mock.lastCall[0].lightness).toBeCloseTo(40);
    });
});

test("a copy button copies and says so", async () => {
    const writeText = vi.fn();
    const { navigator } = browser;
    browser.navigator = { clipboard: { writeText } };
    afterThis(() => {
        browser.navigator = navigator;
    });
    const env = await makeTestEnv(SERVICES);
    const props = { content: () => "some text", copyText: "Copy it", successText: "Done" };
    const place = await mount(CopyButton, { env, props });
    place.querySelector("button").click();
    await vi.waitFor(() => expect(place.querySelector(".o_popover").textContent).toBe("Done"));
    expect(writeText).toHaveBeenCalledWith("some text");
    await vi.waitFor(() => expect(place.querySelector(".o_popover")).toBe(null), { timeout: 2000 });
});

test("files are dropped on the zone that shows while they are dragged", async () => {
    const onDrop = vi.fn();
    class Target extends Component {
        static template = xml`<div t-ref="target" style="width: 80px; height: 40px"/>`;
        static props = ["*"];
        setup() {
            useDropzone(useRef("target"), onDrop, "extra");
        }
    }
    const place = await mount(Target, { env: await makeTestEnv(SERVICES) });
    const drag = (type, target = document.body) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "x.txt"));
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    };
    drag("dragenter");
    await vi.waitFor(() => expect(place.querySelector(".o-Dropzone.extra").style.width).toBe("80px"));
    drag("dragleave");
    await vi.waitFor(() => expect(place.querySelector(".o-Dropzone")).toBe(null));
    drag("dragenter");
    await vi.waitFor(() => expect(place.querySelector(".o-Dropzone")).not.toBe(null));
    drag("drop", place.querySelector(".o-Dropzone"));
    expect(onDrop.mock.lastCall[0].dataTransfer.files[0].name).toBe("x.txt");
    await vi.waitFor(() => expect(place.querySelector(".o-Dropzone")).toBe(null));
});

/** A request that a test answers. */
class Xhr extends EventTarget {
    upload = new EventTarget();
    status = 200;
    open() {}
    send() {}
    abort() {
        this.dispatchEvent(new Event("abort"));
    }
}

describe("uploads", () => {
    async function uploading() {
        const { createXhr } = fileUploadService;
        fileUploadService.createXhr = () => new Xhr();
        afterThis(() => Object.assign(fileUploadService, { createXhr }));
        const env = await makeTestEnv([...SERVICES, "file_upload"]);
        const { file_upload: service } = env.services;
        class Page extends Component {
            static template = xml`<FileUploadProgressContainer Component="Record" fileUploads="uploads"/>`;
            static components = { FileUploadProgressContainer };
            static props = ["*"];
            Record = FileUploadProgressKanbanRecord;
            uploads = service.uploads;
        }
        return { service, place: await mount(Page, { env }) };
    }

    test("their progress is shown until they end", async () => {
        const { service, place } = await uploading();
        const loaded = vi.fn();
        service.bus.addEventListener("FILE_UPLOAD_LOADED", (ev) => loaded(ev.detail.upload.title));
        const upload = await service.upload("/to", [new File(["abc"], "a.txt")]);
        expect(upload.data.get("ufile").name).toBe("a.txt");
        upload.xhr.upload.dispatchEvent(new ProgressEvent("progress", { lengthComputable: true, loaded: 1, total: 4 }));
        expect(upload).toMatchObject({ progress: 0.25, state: "loading" });
        const card = () => place.querySelector(".o_kanban_progress_card");
        await vi.waitFor(() => expect(card().textContent).toContain("Uploading... (25%)"));
        expect(card().querySelector(".progress").getAttribute("aria-valuenow")).toBe("25");
        upload.xhr.dispatchEvent(new Event("load"));
        expect(loaded).toHaveBeenCalledWith("a.txt");
        await vi.waitFor(() => expect(card()).toBe(null));
    });

    test("a failure is told", async () => {
        const { service, place } = await uploading();
        const upload = await service.upload("/to", [new File(["abc"], "a.txt"), new File(["abc"], "b.txt")]);
        upload.xhr.status = 500;
        upload.xhr.dispatchEvent(new Event("load"));
        await vi.waitFor(() => expect(place.querySelector(".o_notification").textContent).toContain("2 files"));
    });
});

describe("file viewer", () => {
    test("what a file is", () => {
        expect(file({ id: 3, mimetype: "image/png", name: "a.png" }).defaultSource).toContain(
            "/web/image/3?filename=a.png"
        );
        const pdf = file({ id: 4, mimetype: "application/pdf" });
        expect([pdf.isPdf, pdf.isViewable, pdf.downloadUrl]).toEqual([
            true,
            true,
            expect.stringContaining("download=true"),
        ]);
        expect(file({ id: 5, mimetype: "application/zip" }).isViewable).toBe(false);
        const video = file({ type: "url", url: "https://youtu.be/abcdefghijk" });
        expect(video.defaultSource).toBe("https://www.youtube-nocookie.com/embed/abcdefghijk");
    });

    test("images are turned, zoomed and left by keys", async () => {
        let viewer;
        class Page extends Component {
            static template = xml`<p/>`;
            static props = ["*"];
            setup() {
                viewer = useFileViewer();
            }
        }
        const pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
        const files = ["a", "b"].map((name) => file({ id: 1, mimetype: "image/gif", name, tmpUrl: pixel }));
        const place = await mount(Page, { env: await makeTestEnv(SERVICES) });
        viewer.open(files[0], [...files, file({ mimetype: "application/zip" })]);
        await vi.waitFor(() => expect(place.querySelector(".o-FileViewer-name").textContent).toBe("a"));
        expect(place.querySelector(".o-FileViewer-count").textContent).toBe("1 / 2");
        await userEvent.keyboard("r+");
        const image = place.querySelector("img");
        await vi.waitFor(() => expect(image.getAttribute("style")).toContain("scale(1.25) rotate(90deg)"));
        await userEvent.keyboard("{ArrowRight}");
        await vi.waitFor(() => expect(place.querySelector(".o-FileViewer-name").textContent).toBe("b"));
        expect(place.querySelector("img").getAttribute("style")).toContain("rotate(0deg)");
        await userEvent.keyboard("{Escape}");
        await vi.waitFor(() => expect(place.querySelector(".o-FileViewer")).toBe(null));
    });
});
