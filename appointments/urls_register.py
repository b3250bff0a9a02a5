"""Every door to the register of appointments; mounted by urls.py."""

from django.urls import path

from appointments.views import appointment_corrections, register

urlpatterns = [
    path("appointments/", register.appointment_list, name="appointment_list"),
    path("appointments/export/", register.appointment_export, name="appointment_export"),
    path("appointments/<int:pk>/", register.appointment_detail, name="appointment_detail"),
    path("appointments/<int:pk>/letter/", register.appointment_letter, name="appointment_letter"),
    path("appointments/<int:pk>/correct/", appointment_corrections.appointment_correct, name="appointment_correct"),
    path(
        "appointments/<int:pk>/take-back/", appointment_corrections.appointment_take_back, name="appointment_take_back"
    ),
]
