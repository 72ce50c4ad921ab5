import { Component, useExternalListener, useRef, useState, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Choice among the twelve colours of tags and cards. */
export class ColorList extends Component {
    static COLORS = [
        _t("No color"),
        _t("Red"),
        _t("Orange"),
        _t("Yellow"),
        _t("Cyan"),
        _t("Purple"),
        _t("Almond"),
        _t("Teal"),
        _t("Blue"),
        _t("Raspberry"),
        _t("Green"),
        _t("Violet"),
    ];
    static template = xml`
        <div class="o_colorlist d-flex flex-wrap align-items-center mw-100 gap-2" t-ref="colorlist">
            <t t-if="!props.forceExpanded and !state.isExpanded">
                <button t-on-click="() => this.onToggle()" role="menuitem" class="btn p-0 rounded-0 o_colorlist_toggler" t-attf-class="o_colorlist_item_color_{{ props.selectedColor }}" t-att-title="colors[props.selectedColor]"/>
            </t>
            <t t-else="" t-foreach="props.colors" t-as="colorId" t-key="colorId">
                <button role="menuitem" class="btn p-0 rounded-0" t-attf-class="o_colorlist_item_color_{{ colorId }} {{ colorId === props.selectedColor ? 'o_colorlist_selected' : '' }}"
                        t-att-title="colors[colorId]" t-att-aria-label="colors[colorId]" t-on-click.prevent.stop="() => this.onColorSelected(colorId)"/>
            </t>
        </div>`;
    static defaultProps = { forceExpanded: false, isExpanded: false };
    static props = {
        canToggle: { type: Boolean, optional: true },
        colors: Array,
        forceExpanded: { type: Boolean, optional: true },
        isExpanded: { type: Boolean, optional: true },
        onColorSelected: Function,
        selectedColor: { type: Number, optional: true },
    };

    setup() {
        this.ref = useRef("colorlist");
        this.state = useState({ isExpanded: this.props.isExpanded });
        useExternalListener(window, "click", (ev) => {
            if (!this.ref.el?.contains(/** @type {Node} */ (ev.target))) {
                this.state.isExpanded = false;
            }
        });
    }

    get colors() {
        return /** @type {typeof ColorList} */ (this.constructor).COLORS;
    }

    onToggle() {
        if (this.props.canToggle) {
            this.state.isExpanded = true;
        }
    }

    onColorSelected(colorId) {
        // a list that must stay open is shown whatever its state
        this.state.isExpanded = false;
        this.props.onColorSelected(colorId);
    }
}
