export { downloadReport, getReportUrl } from "@web/webclient/actions/report_action";
