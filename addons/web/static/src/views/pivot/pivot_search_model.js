import { SearchModel } from "@web/search/search_model";

/** Search of pivot tables: the groups of a favorite are the rows of the table that it was saved from. */
export class PivotSearchModel extends SearchModel {
    favoriteGroupBys(item) {
        return item.context.pivot_row_groupby || super.favoriteGroupBys(item);
    }
}
