import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { formatFloat } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";
import { toDistribution, totalOf } from "@analytic/components/analytic_distribution/distribution";

/** Shares an amount between accounts: a line for each share, with an account of each plan. */
export class AnalyticDistributionDialog extends Component {
    static template = "analytic.AnalyticDistributionDialog";
    static components = { Dialog, RecordSelector };
    static props = { close: Function, digits: Number, lines: Array, plans: Array, save: Function };

    setup() {
        this.title = _t("Analytic Distribution");
        this.state = useState({ lines: this.props.lines, wrong: null });
        /** What is typed and was not taken yet: it stays when the dialog is drawn anew. @type {{line: Object, text: string}|null} */
        this.typed = null;
        if (!this.state.lines.length) {
            this.addLine();
        }
    }

    /** What is still missing: in the mandatory plans, else in all. */
    get rest() {
        const mandatory = this.props.plans.filter((plan) => plan.applicability === "mandatory");
        const wanted = mandatory.length ? mandatory : this.props.plans;
        const totals = wanted.map((plan) => totalOf(this.state.lines, plan.id));
        return Math.max(0, 100 - Math.max(0, ...totals));
    }

    total(plan) {
        return this.format(totalOf(this.state.lines, plan.id));
    }

    /** Mandatory plans need all of the amount. */
    isShort(plan) {
        return plan.applicability === "mandatory" && totalOf(this.state.lines, plan.id) !== 100;
    }

    format(percentage) {
        return formatFloat(percentage, { digits: [16, this.props.digits], trailingZeros: false });
    }

    addLine() {
        this.state.lines.push({ accounts: {}, percentage: this.rest });
    }

    removeLine(line) {
        this.state.lines.splice(this.state.lines.indexOf(line), 1);
    }

    domainOf(plan) {
        return [["plan_id", "child_of", plan.id]];
    }

    setAccount(line, plan, id) {
        line.accounts[plan.id] = id;
    }

    /** What stands in the input of a line. */
    shown(line) {
        return this.typed && this.typed.line === line ? this.typed.text : this.format(line.percentage);
    }

    onType(line, ev) {
        this.typed = { line, text: ev.target.value };
    }

    setPercentage(line, ev) {
        try {
            line.percentage = parseFloat(ev.target.value);
            this.typed = null;
            this.state.wrong = null;
        } catch {
            this.typed = { line, text: ev.target.value };
            this.state.wrong = line;
        }
    }

    save() {
        if (!this.state.wrong) {
            this.props.save(toDistribution(this.state.lines));
            this.props.close();
        }
    }
}
