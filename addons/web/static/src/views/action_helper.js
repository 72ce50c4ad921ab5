import { Component, xml } from "@odoo/owl";

/** What to say where there are no records. */
export class ActionHelper extends Component {
    static template = xml`
        <div class="o_view_nocontent" role="alert">
            <div class="o_nocontent_help">
                <t t-if="showDefaultHelper"><p class="o_view_nocontent_neutral_face">No records yet</p><p>Nothing matches here. Create a record, or change the search.</p></t>
                <t t-else="" t-out="props.noContentHelp"/>
            </div>
        </div>`;
    static props = { noContentHelp: { optional: true }, showRibbon: { optional: true } };

    get showDefaultHelper() {
        return !this.props.noContentHelp;
    }
}
