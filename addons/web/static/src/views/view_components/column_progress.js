import { Component } from "@odoo/owl";
import { AnimatedNumber } from "@web/views/view_components/animated_number";

/** Bar of a column: shares of its records, and a number for all. */
export class ColumnProgress extends Component {
    static template = "web.ColumnProgress";
    static components = { AnimatedNumber };
    static props = {
        aggregate: { type: Object },
        group: { type: Object },
        onBarClicked: { type: Function, optional: true },
        progressBar: { type: Object },
    };
    static defaultProps = { onBarClicked: () => {} };

    get total() {
        return this.props.progressBar.bars.reduce((sum, { count }) => sum + count, 0);
    }

    get bars() {
        return this.props.progressBar.bars
            .filter(({ count }) => count)
            .map((bar) => ({
                ...bar,
                title: `${bar.count} ${bar.string}`,
                isActive: bar.value === this.props.progressBar.activeBar,
                width: `${(bar.count / this.total) * 100}%`,
            }));
    }

    async onBarClick(bar) {
        await this.props.onBarClicked(bar.value);
    }
}
