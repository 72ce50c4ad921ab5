import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { getValue, setValue } from "@web/views/fields/field_value";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { AnalyticDistributionDialog } from "@analytic/components/analytic_distribution/analytic_distribution_dialog";
import { accountIds, toLines } from "@analytic/components/analytic_distribution/distribution";

const DIGITS = 2;

/** Accounts that an amount is shared between, with their percentages; a dialog changes them. */
export class AnalyticDistribution extends Component {
    static template = "analytic.AnalyticDistribution";
    static props = {
        ...standardFieldProps,
        businessDomain: { type: String, optional: true },
        forceApplicability: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
        this.accounts = {};
        this.shown = useState({ tags: [] });
        useRecordObserver((record, props) => this.show(record.data[props.name]));
    }

    get digits() {
        return this.props.record.data.analytic_precision ?? DIGITS;
    }

    /** Show the accounts of a distribution, when their names are known. */
    async show(distribution) {
        await this.loadAccounts(distribution);
        this.shown.tags = Object.entries(distribution || {}).map(([key, percentage]) => {
            const accounts = accountIds({ [key]: 0 }).map((id) => this.accounts[id]);
            const names = accounts.map((account) => account?.display_name || _t("Unknown account").toString());
            const share = formatFloat(percentage, { digits: [16, this.digits], trailingZeros: false });
            return { key, color: accounts[0]?.color || 0, text: `${names.join(" | ")} ${share}%` };
        });
    }

    /** Read the names of accounts that are not known yet; those that are gone have none. */
    async loadAccounts(distribution) {
        const ids = accountIds(distribution).filter((id) => !this.accounts[id]);
        if (!ids.length) {
            return;
        }
        const fields = ["display_name", "color", "root_plan_id"];
        const context = { active_test: false };
        const rows = await this.orm.searchRead("account.analytic.account", [["id", "in", ids]], fields, { context });
        for (const row of rows) {
            this.accounts[row.id] = row;
        }
    }

    /** What the document tells the server of itself. */
    get document() {
        const { businessDomain, forceApplicability, record } = this.props;
        const company = record.data.company_id;
        return {
            existing_account_ids: accountIds(getValue(this.props)),
            ...(businessDomain ? { business_domain: businessDomain } : {}),
            ...(forceApplicability ? { applicability: forceApplicability } : {}),
            ...(company ? { company_id: company.id || company[0] } : {}),
        };
    }

    async edit() {
        const plans = await this.orm.call("account.analytic.plan", "get_relevant_plans", [], this.document);
        const planOf = Object.fromEntries(
            Object.values(this.accounts).map(({ id, root_plan_id: plan }) => [id, plan && plan[0]])
        );
        this.addDialog(AnalyticDistributionDialog, {
            digits: this.digits,
            lines: toLines(getValue(this.props), planOf),
            plans,
            save: (distribution) => setValue(this.props, distribution),
        });
    }
}

export const analyticDistribution = {
    component: AnalyticDistribution,
    displayName: _t("Analytic Distribution"),
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "analytic_precision", type: "integer" }],
    extractProps: ({ options }) => ({
        businessDomain: options.business_domain,
        forceApplicability: options.force_applicability,
    }),
};

registry.category("fields").add("analytic_distribution", analyticDistribution);
