"""Tours: stories of clicks."""

from . import ir_http, res_users, web_tour_tour, web_tour_tour_step
