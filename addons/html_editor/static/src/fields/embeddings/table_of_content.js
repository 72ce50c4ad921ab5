import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

const TEXT = ".odoo-editor-editable, .o_html_content";
const HEADINGS = "h1, h2, h3, h4, h5, h6";

/** The headings of the text that it stands in, to be gone to. */
export class TableOfContent extends Component {
    static template = "html_editor.TableOfContent";
    static props = { host: { validate: (host) => host instanceof HTMLElement } };

    setup() {
        this.state = useState({ headings: [] });
        onMounted(() => {
            this.root = this.props.host.closest(TEXT) || this.props.host.parentElement;
            const observer = new MutationObserver((records) => {
                if (records.some(({ target }) => !this.props.host.contains(target))) {
                    this.read();
                }
            });
            observer.observe(this.root, { characterData: true, childList: true, subtree: true });
            this.stop = () => observer.disconnect();
            this.read();
        });
        onWillUnmount(() => this.stop?.());
    }

    /** Headings with words in them; those of other components are not of the text. */
    get elements() {
        return [...this.root.querySelectorAll(HEADINGS)].filter(
            (el) => el.textContent.trim() && !el.closest("[data-embedded]")
        );
    }

    /** Depth is counted from the headings above: a text may begin with small ones. */
    read() {
        const above = [];
        this.state.headings = this.elements.map((el, index) => {
            const level = Number(el.nodeName[1]);
            while (above.length && above.at(-1) >= level) {
                above.pop();
            }
            above.push(level);
            return { depth: above.length - 1, index, text: el.textContent.trim() };
        });
    }

    goTo(index) {
        this.elements[index]?.scrollIntoView({ block: "start" });
    }
}
