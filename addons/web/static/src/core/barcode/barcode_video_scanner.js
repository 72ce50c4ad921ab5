import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

/** How long the camera is looked at for a code, ms. */
const INTERVAL = 120;

/** Whether the browser sees cameras and knows barcodes. */
export function isBarcodeScannerSupported() {
    return Boolean(browser.navigator.mediaDevices?.getUserMedia) && "BarcodeDetector" in globalThis;
}

/** The picture of a camera, and what barcodes are on it. */
export class BarcodeVideoScanner extends Component {
    static template = "web.BarcodeVideoScanner";
    static props = {
        cssClass: { type: String, optional: true },
        delayBetweenScan: { type: Number, optional: true },
        facingMode: { type: String, optional: true },
        onError: { type: Function, optional: true },
        onReady: { type: Function, optional: true },
        onResult: Function,
        placeholder: { type: String, optional: true },
    };
    static defaultProps = { cssClass: "w-100 h-100", facingMode: "environment", onError: () => {}, onReady: () => {} };

    setup() {
        this.video = useRef("video");
        this.state = useState({ isReady: false });
        /** When the next code may be told, ms. */
        this.pausedUntil = 0;
        onMounted(() => this.start());
        onWillUnmount(() => this.stop());
    }

    get videoElement() {
        return /** @type {HTMLVideoElement} */ (this.video.el);
    }

    async start() {
        try {
            const video = { facingMode: this.props.facingMode };
            this.stream = await browser.navigator.mediaDevices.getUserMedia({ video, audio: false });
        } catch (error) {
            this.props.onError(new Error(this.explain(error), { cause: error }));
            return;
        }
        if (!this.videoElement) {
            // the user did not wait for the camera
            this.stop();
            return;
        }
        this.videoElement.srcObject = this.stream;
        await this.videoElement.play();
        this.detector = new globalThis["BarcodeDetector"]();
        this.state.isReady = true;
        this.props.onReady();
        this.timer = browser.setInterval(() => this.look(), INTERVAL);
    }

    stop() {
        browser.clearInterval(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
    }

    explain({ name }) {
        const messages = {
            NotAllowedError: _t("The browser may not use the camera: allow it for this page."),
            NotFoundError: _t("There is no camera."),
            NotReadableError: _t("Another program uses the camera."),
        };
        return String(messages[name] || _t("The camera cannot be used: %s", name));
    }

    async look() {
        if (this.isLooking || Date.now() < this.pausedUntil || this.videoElement.readyState < 2) {
            return;
        }
        this.isLooking = true;
        try {
            const [code] = await this.detector.detect(this.videoElement);
            if (code) {
                this.pausedUntil = Date.now() + (this.props.delayBetweenScan ?? 0);
                this.props.onResult(code.rawValue);
            }
        } catch (error) {
            this.stop();
            this.props.onError(error);
        } finally {
            this.isLooking = false;
        }
    }
}
