"""Every door to learning networks; mounted by urls.py."""

from django.urls import path

from programmes.views import learning

NETWORK = "learning-networks/<slug:slug>/"
NOTE = f"{NETWORK}notes/<int:pk>/"

urlpatterns = [
    path("learning-networks/", learning.learning_list, name="learning_list"),
    path("learning-networks/mail/<str:token>/", learning.network_mail_end, name="network_mail_end"),
    path(f"{NETWORK}mail/", learning.network_mail_choose, name="network_mail_choose"),
    path(NETWORK, learning.learning_detail, name="learning_detail"),
    path(f"{NETWORK}join/", learning.learning_join, name="learning_join"),
    path(f"{NETWORK}members/", learning.learning_members, name="learning_members"),
    path(f"{NETWORK}members/new/", learning.learning_member_add, name="learning_member_add"),
    path(f"{NETWORK}members/<int:pk>/end/", learning.learning_member_end, name="learning_member_end"),
    path(f"{NETWORK}notes/new/", learning.note_begin, name="note_begin"),
    path(NOTE, learning.note_detail, name="note_detail"),
    path(f"{NOTE}off/", learning.note_take_off, name="note_take_off"),
]
