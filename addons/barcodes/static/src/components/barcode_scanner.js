/** Button that reads a barcode with the camera, where there is one. */

import { Component, xml } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

export class BarcodeScanner extends Component {
    static template = xml`
        <button
            t-if="isSupported"
            type="button"
            class="o_mobile_barcode btn btn-secondary"
            title="Read a barcode with the camera"
            t-on-click="openMobileScanner"
        ><i class="fa fa-barcode me-1"/>Scan</button>`;
    static props = { onBarcodeScanned: { type: Function } };

    setup() {
        this.notification = useService("notification");
        this.isSupported = isBarcodeScannerSupported();
    }

    async openMobileScanner() {
        const barcode = await scanBarcode(this.env);
        if (barcode) {
            this.props.onBarcodeScanned(barcode);
            browser.navigator.vibrate?.(100);
        } else {
            this.notification.add(_t("No barcode was read."), { type: "warning" });
        }
    }
}
