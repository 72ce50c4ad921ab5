import { Component, xml } from "@odoo/owl";

/** Coloured labels. tag: `{id, text, colorIndex, img, icon, onClick, onDelete, onKeydown, className}`. */
export class TagsList extends Component {
    static template = xml`
        <t t-foreach="visibleTags" t-as="tag" t-key="tag.id || tag_index">
            <span class="o_tag position-relative d-inline-flex align-items-center mw-100" tabindex="-1"
                  t-attf-class="{{ tag.img ? 'o_avatar' : 'badge rounded-pill' }} o_tag_color_{{ tag.colorIndex or 0 }} {{ tag.className or '' }}"
                  t-att-title="tag.text" t-att-data-color="tag.colorIndex"
                  t-on-click="(ev) => tag.onClick and tag.onClick(ev)" t-on-keydown="(ev) => tag.onKeydown and tag.onKeydown(ev)">
                <img t-if="tag.img" t-att-src="tag.img" class="o_m2m_avatar rounded me-1" alt=""/>
                <i t-if="tag.icon" class="fa me-1" t-attf-class="fa-{{tag.icon}}"/>
                <div t-if="props.displayText" class="o_tag_badge_text text-truncate" t-esc="tag.text"/>
                <a t-if="tag.onDelete" href="#" class="o_delete d-inline-flex ps-1 opacity-75" tabindex="-1" aria-label="Delete" title="Delete"
                   t-on-click.stop.prevent="(ev) => tag.onDelete and tag.onDelete(ev)"><i class="fa fa-times"/></a>
            </span>
        </t>
        <span t-if="otherTags.length" class="o_m2m_avatar_empty badge rounded-pill text-bg-secondary" t-att-data-tooltip="otherTags.map(t => t.text).join('\\n')">+<t t-esc="otherTags.length"/></span>`;
    static defaultProps = { displayText: true };
    static props = {
        displayText: { type: Boolean, optional: true },
        visibleItemsLimit: { type: Number, optional: true },
        tags: { type: Array },
        "*": { optional: true },
    };

    get visibleTags() {
        const { tags, visibleItemsLimit: limit } = this.props;
        return limit && tags.length > limit ? tags.slice(0, limit - 1) : tags;
    }

    get otherTags() {
        const { tags, visibleItemsLimit: limit } = this.props;
        return limit && tags.length > limit ? tags.slice(limit - 1) : [];
    }
}
