import { SearchModel } from "@web/search/search_model";

/** Search of graphs: the groups of a favorite are those of the graph that it was saved from. */
export class GraphSearchModel extends SearchModel {
    favoriteGroupBys(item) {
        return item.context.graph_groupbys || super.favoriteGroupBys(item);
    }
}
