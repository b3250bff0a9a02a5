"""Every door to events; mounted by urls.py."""

from django.urls import path

from programmes.views import bookings, event_team, events

EVENT = "events/<int:pk>/"
BOOKING = "events/bookings/<int:pk>/"

urlpatterns = [
    path("events/", events.event_list, name="event_list"),
    path("events/calendar.ics", events.event_feed, name="event_feed"),
    path("events/feed/<str:token>.ics", bookings.own_feed, name="own_feed"),
    path("events/mine/", bookings.booking_list, name="booking_list"),
    path("events/mine/calendar/", bookings.calendar_link, name="calendar_link"),
    path("events/team/", event_team.event_team_list, name="event_team_list"),
    path("events/new/", event_team.event_create, name="event_create"),
    path(EVENT, events.event_detail, name="event_detail"),
    path(f"{EVENT}book/", bookings.booking_create, name="booking_create"),
    path(f"{EVENT}edit/", event_team.event_edit, name="event_edit"),
    path(f"{EVENT}steps/<slug:kind>/", event_team.event_step, name="event_step"),
    path(f"{EVENT}people/", event_team.event_people, name="event_people"),
    path(f"{EVENT}people/export/", event_team.event_export, name="event_export"),
    path(f"{EVENT}people/cohort/", event_team.event_book_all, name="event_book_all"),
    path(f"{EVENT}sheet/", event_team.event_sheet, name="event_sheet"),
    path(f"{EVENT}attendance/", event_team.event_attendance, name="event_attendance"),
    path(f"{EVENT}results/", event_team.event_results, name="event_results"),
    path(f"{EVENT}materials/new/", event_team.material_add, name="material_add"),
    path("events/materials/<int:pk>/", event_team.material_download, name="material_download"),
    path("events/materials/<int:pk>/remove/", event_team.material_remove, name="material_remove"),
    path(BOOKING, bookings.booking_detail, name="booking_detail"),
    path(f"{BOOKING}cancel/", bookings.booking_cancel, name="booking_cancel"),
    path(f"{BOOKING}strike/", event_team.booking_strike, name="booking_strike"),
    path(f"{BOOKING}calendar/", bookings.booking_calendar, name="booking_calendar"),
    path(f"{BOOKING}certificate/", bookings.booking_certificate, name="booking_certificate"),
    path(f"{BOOKING}evaluation/", bookings.evaluation_create, name="evaluation_create"),
]
