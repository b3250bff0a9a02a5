"""Doors to one's own profile, and the talent team's to the pools."""

from django.urls import path

from talent.views import curated, curated_colleagues, cv, own_data, pools, profile, skills

urlpatterns = [
    path("profile/", profile.profile_detail, name="profile_detail"),
    path("profile/edit/", profile.profile_edit, name="profile_edit"),
    path("profile/pause/", profile.profile_pause, name="profile_pause"),
    path("profile/leave/", profile.profile_leave, name="profile_leave"),
    path("profile/consents/", profile.consent_list, name="consent_list"),
    path("profile/data/", own_data.own_data_detail, name="own_data_detail"),
    path("profile/data/ask/", own_data.own_data_ask, name="own_data_ask"),
    path("profile/data/<int:pk>/fetch/", own_data.own_data_fetch, name="own_data_fetch"),
    path("profile/data/<int:pk>/remove/", own_data.own_data_remove, name="own_data_remove"),
    path("profile/data/erase/", own_data.own_data_erase, name="own_data_erase"),
    path("profile/data/erased/", own_data.own_data_erased, name="own_data_erased"),
    path("profile/cv/", cv.cv_detail, name="cv_detail"),
    path("profile/cv/read/", cv.cv_upload, name="cv_upload"),
    path("profile/cv/use/", cv.cv_use, name="cv_use"),
    path("profile/cv/<int:pk>/decide/", cv.cv_decide, name="cv_decide"),
    path("profile/cv/<int:pk>/post/", cv.cv_post, name="cv_post"),
    path("profile/posts/add/", profile.post_add, name="post_add"),
    path("profile/posts/<int:pk>/", profile.post_edit, name="post_edit"),
    path("profile/posts/<int:pk>/remove/", profile.post_remove, name="post_remove"),
    path("profile/skills/add/", skills.skill_add, name="skill_add"),
    path("profile/skills/<int:pk>/remove/", skills.skill_remove, name="skill_remove"),
    path("talent/people/<int:pk>/skills/add/", skills.person_skill_add, name="person_skill_add"),
    path("talent/people/skills/<int:pk>/confirm/", skills.person_skill_confirm, name="person_skill_confirm"),
    path("profile/pools/<slug:slug>/join/", profile.pool_join, name="pool_join"),
    path("profile/pools/<slug:slug>/leave/", profile.pool_leave, name="pool_leave"),
    path("talent/pools/", pools.pool_list, name="pool_list"),
    path("talent/curated/", curated.curated_list, name="curated_list"),
    path("talent/curated/new/", curated.curated_create, name="curated_create"),
    path("talent/curated/<int:pk>/", curated.curated_detail, name="curated_detail"),
    path("talent/curated/<int:pk>/colleagues/", curated_colleagues.curated_colleagues, name="curated_colleagues"),
    path(
        "talent/curated/<int:pk>/colleagues/<int:user>/remove/",
        curated_colleagues.curated_colleague_remove,
        name="curated_colleague_remove",
    ),
    path("talent/curated/<int:pk>/close/", curated.curated_close, name="curated_close"),
    path("talent/curated/people/<int:pk>/", curated.curated_person, name="curated_person"),
    path("talent/curated/people/<int:pk>/take-out/", curated.curated_take_out, name="curated_take_out"),
    path("talent/people/<int:pk>/pools/add/", curated.curated_add, name="curated_add"),
    path("talent/pools/<slug:slug>/", pools.pool_detail, name="pool_detail"),
]
