import { Component, onMounted, xml } from "@odoo/owl";

/** One message in the corner of the page. */
export class Notification extends Component {
    static template = xml`
        <div class="o_notification toast show" role="alert" aria-live="assertive" t-attf-class="o_notification_{{props.type}} border-{{props.type}} {{props.className}}"
             t-on-mouseenter="() => props.freeze?.()" t-on-mouseleave="() => props.refresh?.()">
            <div class="o_notification_bar" t-attf-class="bg-{{props.type}}"/>
            <div class="toast-body d-flex">
                <div class="flex-grow-1 text-break">
                    <strong t-if="props.title" class="o_notification_title d-block" t-esc="props.title"/>
                    <div class="o_notification_content" t-out="props.message"/>
                    <div t-if="props.buttons.length" class="o_notification_buttons mt-2">
                        <button t-foreach="props.buttons" t-as="button" t-key="button_index" type="button"
                                t-attf-class="btn btn-sm me-1 {{button.primary ? 'btn-primary' : 'btn-secondary'}}"
                                t-on-click="button.onClick">
                            <i t-if="button.icon" t-attf-class="fa fa-fw {{button.icon}} me-1"/><t t-esc="button.name"/>
                        </button>
                    </div>
                </div>
                <button type="button" class="o_notification_close btn-close ms-2" aria-label="Close" t-on-click="props.close"/>
            </div>
        </div>`;
    static props = {
        message: { optional: true },
        title: { optional: true },
        type: { type: String, optional: true },
        className: { type: String, optional: true },
        buttons: { type: Array, optional: true },
        sticky: { optional: true },
        autocloseDelay: { optional: true },
        close: Function,
        refresh: { type: Function, optional: true },
        freeze: { type: Function, optional: true },
    };
    static defaultProps = { buttons: [], className: "", type: "warning" };

    setup() {
        onMounted(() => this.props.refresh?.());
    }
}
