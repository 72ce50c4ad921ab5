import { registry } from "@web/core/registry";

/** Type a barcode like a scanner, while no input has the focus. */
function scan(barcode) {
    return () => {
        for (const key of [...barcode, "Enter"]) {
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        }
    };
}

registry.category("web_tour.tours").add("barcodes_scan_commands", {
    steps: () => [
        { trigger: ".o_data_row:contains(First) td[name=name]", run: "click" },
        { trigger: ".o_field_widget[name=name] input:value(First)" },
        { content: "The next one is scanned", trigger: ".o_pager", run: scan("OCDNEXT") },
        { trigger: ".o_field_widget[name=name] input:value(Second)" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Changed" },
        { content: "It is saved by a barcode", trigger: ".o_form_dirty", run: scan("OCDSAVE") },
        { trigger: ".o_form_saved:not(.o_form_dirty)" },
        { content: "There is no such button", trigger: "body", run: scan("OBTNOWHERE") },
        { trigger: ".o_notification:contains(OBTNOWHERE)" },
    ],
});
