/** Scanners type names of keys for the separator of GS1: it is read as the one character that it is. */

import { barcodeService } from "@barcodes/barcode_service";
import { patch } from "@web/core/utils/patch";
import { session } from "@web/session";
import { FNC1_CHAR } from "./barcode_parser";

patch(barcodeService, {
    cleanBarcode(barcode) {
        const separator = session["gs1_group_separator_encodings"];
        const read = separator ? barcode.replace(new RegExp(separator, "g"), FNC1_CHAR) : barcode;
        return super.cleanBarcode(read);
    },
});
