/**
 * Hide buttons of the PDF viewer that make no sense where it is shown.
 *
 * @param {HTMLElement} rootElement that holds the viewer's frame, or is it
 */
export function hidePDFJSButtons(rootElement) {
    const frame = rootElement instanceof HTMLIFrameElement ? rootElement : rootElement.querySelector("iframe");
    const hide = () => {
        const page = frame.contentDocument;
        if (!page || page.getElementById("o_hidden_buttons")) {
            return;
        }
        const style = page.createElement("style");
        style.id = "o_hidden_buttons";
        style.textContent = "#openFile, #viewBookmark, #secondaryOpenFile { display: none !important; }";
        page.head.append(style);
    };
    if (frame) {
        frame.addEventListener("load", hide);
        hide();
    }
}
