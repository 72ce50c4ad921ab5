import {
    Component,
    onWillRender,
    onWillUpdateProps,
    useEffect,
    useExternalListener,
    useRef,
    useState,
    xml,
} from "@odoo/owl";

/**
 * Tabs. Each slot is a page: `<t t-set-slot="x" title="..." isVisible="..." name="..." className="..."/>`; one with
 * `autofocus` is shown first, and links to its `anchors` (ids) lead to it.
 */
export class Notebook extends Component {
    static template = xml`
        <div t-if="navItems.length" class="o_notebook d-flex w-100" t-att-class="props.orientation === 'vertical' ? 'vertical' : 'horizontal flex-column'" t-attf-class="{{ props.className }}">
            <div class="o_notebook_headers">
                <ul class="nav nav-tabs" role="tablist">
                    <li t-foreach="navItems" t-as="item" t-key="item[0]" class="nav-item" role="presentation">
                        <a class="nav-link" href="#" role="tab" draggable="false" t-att-name="item[1].name" t-att-tabindex="item[1].isDisabled ? -1 : 0"
                           t-att-aria-selected="item[0] === state.currentPage ? 'true' : 'false'" t-att-aria-disabled="item[1].isDisabled ? 'true' : false"
                           t-att-class="{ active: item[0] === state.currentPage, disabled: item[1].isDisabled }" t-attf-class="{{ item[1].className || '' }}"
                           t-on-click.prevent="() => this.activatePage(item[0])" t-esc="item[1].title"/>
                    </li>
                </ul>
            </div>
            <div class="o_notebook_content tab-content">
                <div class="tab-pane active fade show" role="tabpanel" t-att-aria-label="currentTitle" t-ref="activePane" t-key="state.currentPage">
                    <t t-if="page" t-component="page.Component" t-props="page.props"/>
                    <t t-elif="state.currentPage" t-slot="{{ state.currentPage }}"/>
                </div>
            </div>
        </div>`;
    static defaultProps = { className: "", orientation: "horizontal", onPageUpdate: () => {} };
    static props = {
        slots: { type: Object, optional: true },
        pages: { type: Object, optional: true },
        class: { optional: true },
        className: { type: String, optional: true },
        defaultPage: { type: String, optional: true },
        orientation: { type: String, optional: true },
        icons: { type: Object, optional: true },
        onPageUpdate: { type: Function, optional: true },
    };

    setup() {
        this.activePane = useRef("activePane");
        this.pages = this.collectPages(this.props);
        this.state = useState({ currentPage: null });
        this.state.currentPage = this.firstPage(this.props.defaultPage);
        useEffect(
            () => this.props.onPageUpdate(this.state.currentPage),
            () => [this.state.currentPage]
        );
        useExternalListener(document, "click", (ev) => this.onAnchorClicked(ev));
        onWillUpdateProps((nextProps) => {
            this.pages = this.collectPages(nextProps);
            if (this.props.defaultPage && !nextProps.defaultPage) {
                // something new is shown
                this.state.currentPage = this.firstPage();
            }
        });
        onWillRender(() => {
            const current = this.pages.find(([id]) => id === this.state.currentPage);
            if (!current?.[1].isVisible) {
                this.state.currentPage = this.firstPage();
            }
        });
    }

    get navItems() {
        return this.pages.filter(([, page]) => page.isVisible);
    }

    get page() {
        const page = this.pages.find(([id]) => id === this.state.currentPage)?.[1];
        return page?.Component && page;
    }

    get currentTitle() {
        return this.pages.find(([id]) => id === this.state.currentPage)?.[1].title;
    }

    collectPages(props) {
        const pages = [];
        for (const [id, page] of Object.entries(props.slots || {})) {
            if (page.title) {
                pages.push([id, { isVisible: true, ...page }]);
            }
        }
        for (const page of props.pages || []) {
            pages.push([page.id || page.title, { isVisible: true, ...page }]);
        }
        return pages.map(([id, page]) => [id, { ...page, isVisible: page.isVisible !== false }]);
    }

    firstPage(preferred) {
        const visible = this.navItems.filter(([, page]) => !page.isDisabled);
        const wanted = [([id]) => id === preferred, ([, page]) => page.autofocus, () => true];
        const [id = null] = wanted.map((isIt) => visible.find(isIt)).find(Boolean) || [];
        return id;
    }

    /** A link to something on a page that is not shown leads there. */
    async onAnchorClicked(ev) {
        const target = /** @type {HTMLElement} */ (ev.target).closest?.("a[href^='#']");
        const anchor = target?.getAttribute("href").slice(1);
        const [id] = (anchor && this.navItems.find(([, page]) => page.anchors?.includes(anchor))) || [];
        if (!id || ev.defaultPrevented) {
            return;
        }
        ev.preventDefault();
        await this.activatePage(id);
        requestAnimationFrame(() => document.getElementById(anchor)?.scrollIntoView({ block: "nearest" }));
    }

    async activatePage(id) {
        const page = this.pages.find(([key]) => key === id)?.[1];
        if (!page?.isDisabled && this.state.currentPage !== id) {
            this.state.currentPage = id;
        }
    }
}
