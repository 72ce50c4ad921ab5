import { Component, markup, onWillStart, onWillUpdateProps, useEffect, useRef } from "@odoo/owl";
import { getBundle } from "@web/core/assets";
import { findEmbedding, mountEmbedded } from "@html_editor/fields/embedded_hosts";

const FULL_PAGE = /^\s*(?:<!doctype|<html|<head|<body)/i;

/** @param {string} html @returns {boolean} whether it is a page with styles of its own */
export function hasFullHtml(html) {
    const text = String(html || "");
    return FULL_PAGE.test(text) || /<(?:style|link|meta)[\s>]/i.test(text.slice(0, 20000));
}

/** HTML that is read: as a part of the page, or in a frame where it has styles of its own and nothing runs. */
export class HtmlViewer extends Component {
    static template = "html_editor.HtmlViewer";
    static props = { config: { type: Object } };

    setup() {
        this.content = useRef("content");
        /** @type {{el: HTMLIFrameElement|null}} */
        this.frame = useRef("frame");
        this.styles = [];
        onWillStart(() => this.loadStyles(this.props));
        onWillUpdateProps((nextProps) => this.loadStyles(nextProps));
        useEffect(
            () => this.finish(),
            () => [String(this.props.config.value || ""), this.isFramed]
        );
    }

    async loadStyles({ config: { cssAssetId } }) {
        this.styles = cssAssetId ? (await getBundle(cssAssetId)).styles || [] : [];
    }

    /** @returns {boolean} */
    get isFramed() {
        const { cssAssetId, hasFullHtml: isPage, isSandboxed } = this.props.config;
        return Boolean(cssAssetId || isPage || isSandboxed);
    }

    get value() {
        return this.formatValue(this.props.config.value);
    }

    /** What is shown for a value; to be overridden. */
    formatValue(value) {
        return value || markup("");
    }

    finish() {
        if (this.isFramed) {
            this.fillFrame();
        } else if (this.content.el) {
            openApart(this.content.el);
            return this.mountComponents();
        }
    }

    /** Show the components whose hosts are in the text. @returns {() => void} takes them away */
    mountComponents() {
        const { embeddedComponents = [] } = this.props.config;
        const place = { app: this.__owl__.app, env: this.env };
        const unmounts = [];
        for (const host of this.content.el.querySelectorAll("[data-embedded]")) {
            const embedding = findEmbedding(embeddedComponents, host.dataset.embedded);
            if (embedding) {
                unmounts.push(mountEmbedded(host, embedding, place));
            }
        }
        return () => unmounts.forEach((unmount) => unmount());
    }

    fillFrame() {
        const { el } = this.frame;
        const links = this.styles.map((url) => `<link rel="stylesheet" href="${encodeURI(url)}">`).join("");
        const value = String(this.value);
        el.addEventListener("load", () => this.onFrame(), { once: true });
        el.srcdoc = FULL_PAGE.test(value)
            ? value
            : `<!DOCTYPE html><html><head>${links}</head><body>${value}</body></html>`;
    }

    onFrame() {
        const page = this.frame.el?.contentDocument;
        if (page?.body) {
            openApart(page.body);
            this.frame.el.style.height = `${page.documentElement.scrollHeight}px`;
        }
    }
}

/** Links leave the page where it is, and tell nobody where it was. */
function openApart(root) {
    for (const link of root.querySelectorAll("a[href]")) {
        if (!link.getAttribute("href").startsWith("#")) {
            link.setAttribute("target", "_blank");
            link.setAttribute("rel", "noreferrer noopener");
        }
    }
}
