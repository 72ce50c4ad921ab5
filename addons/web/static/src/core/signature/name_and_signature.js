import { Component, onMounted, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { SignaturePad } from "@web/core/signature/signature_pad";
import { checkFileSize } from "@web/core/utils/files";
import { uniqueId } from "@web/core/utils/functions";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";

const MODES = ["auto", "draw", "load"];
/** Family of a font that the server has for signatures. */
const OWN_FONT = "o_signature_font";

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A name, and a signature: written from the name, drawn, or loaded from a picture. */
export class NameAndSignature extends Component {
    static template = "web.NameAndSignature";
    static props = {
        defaultFont: { type: String, optional: true },
        displaySignatureRatio: { type: Number, optional: true },
        fontColor: { type: String, optional: true },
        mode: { type: String, optional: true },
        noInputName: { type: Boolean, optional: true },
        onSignatureChange: { type: Function, optional: true },
        signature: Object,
        signatureType: { type: String, optional: true },
        "*": { optional: true },
    };
    static defaultProps = {
        defaultFont: "",
        displaySignatureRatio: 3,
        fontColor: "DarkBlue",
        noInputName: false,
        onSignatureChange: () => {},
        signatureType: "signature",
    };

    setup() {
        this.notification = useService("notification");
        this.canvas = useRef("canvas");
        this.file = useRef("file");
        this.id = uniqueId("o_signature_");
        const { signature, mode } = this.props;
        signature.name ||= "";
        this.state = useState({
            mode: mode || (signature.name && !signature.signatureImage ? "auto" : "draw"),
            isBroken: false,
        });
        this.font = "cursive";
        onWillStart(() => this.loadFont());
        onMounted(() => this.start());
        useExternalListener(window, "resize", () => this.fit());
    }

    /** A font of the server's if it has one; the system's handwriting if not. */
    async loadFont() {
        const { defaultFont } = this.props;
        const [font] = await rpc(`/web/sign/get_fonts${defaultFont ? `/${defaultFont}` : ""}`);
        if (font) {
            const face = await new FontFace(OWN_FONT, bytesOf(font)).load();
            document.fonts.add(face);
            this.font = OWN_FONT;
        }
    }

    start() {
        const { signature, fontColor } = this.props;
        this.pad = new SignaturePad(/** @type {HTMLCanvasElement} */ (this.canvas.el), {
            color: fontColor,
            onChange: () => this.notify(),
        });
        Object.assign(signature, {
            getSignatureImage: () => this.pad.toDataURL(),
            isSignatureEmpty: true,
            resetSignature: () => this.clear(),
        });
        this.fit();
        if (signature.signatureImage) {
            this.showPicture(signature.signatureImage);
        }
    }

    get modes() {
        return MODES;
    }

    get initials() {
        return this.props.signature.name
            .split(" ")
            .filter(Boolean)
            .map((word) => `${word[0]}.`)
            .join("");
    }

    get writtenText() {
        return this.props.signatureType === "initial" ? this.initials : this.props.signature.name;
    }

    /** Take the width that there is; what is drawn by hand does not survive another size. */
    fit() {
        const width = this.canvas.el?.parentElement.clientWidth;
        if (!width || width === this.pad.size?.width) {
            return;
        }
        this.pad.fit(width, Math.round(width / this.props.displaySignatureRatio));
        this.draw();
    }

    draw() {
        if (this.state.mode === "auto") {
            this.pad.write(this.writtenText, this.font);
        }
        this.notify();
    }

    notify() {
        this.props.signature.isSignatureEmpty = this.pad.isEmpty;
        this.props.onSignatureChange(this.state.mode);
    }

    setMode(mode) {
        this.state.mode = mode;
        this.state.isBroken = false;
        this.pad.clear();
        this.draw();
        if (mode === "load") {
            /** @type {HTMLInputElement} */ (this.file.el).click();
        }
    }

    clear() {
        this.pad.clear();
        this.notify();
    }

    onInputName(ev) {
        this.props.signature.name = ev.target.value;
        if (this.state.mode === "auto") {
            this.draw();
        }
    }

    // ------------------------------------------------------------------ drawn

    onPointerDown(ev) {
        if (this.state.mode === "auto" && !this.props.noInputName) {
            return;
        }
        if (this.state.mode !== "draw") {
            this.setMode("draw");
        }
        this.pad.begin(ev);
    }

    // ------------------------------------------------------------------ loaded

    async onFileChange(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file || !checkFileSize(file.size, this.notification)) {
            return;
        }
        if (!file.type.startsWith("image/")) {
            this.state.isBroken = true;
            return;
        }
        await this.showPicture(await getDataURLFromFile(file));
    }

    async showPicture(source) {
        const image = new Image();
        image.src = source.startsWith("data:") ? source : `data:image/png;base64,${source}`;
        try {
            await image.decode();
        } catch {
            // what is no picture is said to be none
            this.state.isBroken = true;
            return;
        }
        this.state.isBroken = false;
        this.pad.show(image);
        this.notify();
    }
}
