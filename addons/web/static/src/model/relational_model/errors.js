export { FetchRecordError } from "@web/model/relational_model/utils";
