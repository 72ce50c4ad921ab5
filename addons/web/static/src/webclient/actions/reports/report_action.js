export { ReportAction } from "@web/webclient/actions/report_page";
