import { Component, useState } from "@odoo/owl";
import { BarcodeVideoScanner, isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** Dialog that waits for a barcode before the camera. */
export class BarcodeDialog extends Component {
    static template = "web.BarcodeDialog";
    static components = { BarcodeVideoScanner, Dialog };
    static props = {
        close: Function,
        facingMode: { type: String, optional: true },
        onError: { type: Function, optional: true },
        onResult: Function,
    };
    static defaultProps = { facingMode: "environment", onError: () => {} };

    setup() {
        this.state = useState({
            message: isBarcodeScannerSupported() ? "" : _t("This browser cannot read barcodes.").toString(),
        });
    }

    onResult(code) {
        this.props.onResult(code);
        this.props.close();
    }

    onError(error) {
        this.state.message = error.message;
        this.props.onError(error);
    }
}

/**
 * Let the user show a barcode to the camera.
 *
 * @param {Object} env
 * @param {string} [facingMode] which camera
 * @returns {Promise<string|null>} null when the dialog is closed without one
 */
export function scanBarcode(env, facingMode = "environment") {
    return new Promise((resolve) => {
        const onResult = (code) => resolve(code);
        env.services.dialog.add(BarcodeDialog, { facingMode, onResult }, { onClose: () => resolve(null) });
    });
}
