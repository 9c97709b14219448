from django.contrib.auth.views import LogoutView
from django.urls import path

from chat.views import account, browse, emoji, files, health, keeping, members, people, profile, rooms, sessions, setup

urlpatterns = [
    path("", rooms.home, name="home"),
    path("rooms/<int:room_id>/", rooms.room, name="room"),
    path("rooms/<str:room_id>/messages/", rooms.messages, name="room-messages"),
    path("rooms/", browse.rooms, name="rooms"),
    path("rooms/direct/", keeping.direct, name="direct"),
    path("rooms/<str:room_id>/about/", keeping.about, name="room-about"),
    path("rooms/<str:room_id>/notify/", keeping.notify, name="room-notify"),
    path("rooms/<str:room_id>/join/", members.join, name="room-join"),
    path("rooms/<str:room_id>/leave/", members.leave, name="room-leave"),
    path("rooms/<str:room_id>/members/", members.members, name="room-members"),
    path("rooms/<str:room_id>/members/remove/", members.remove, name="room-members-remove"),
    path("rooms/<str:room_id>/files/", files.upload, name="room-files"),
    path("files/<uuid:file_id>/", files.content, name="file"),
    path("files/<uuid:file_id>/thumbnail/", files.thumbnail, name="thumbnail"),
    path("files/<uuid:file_id>/discard/", files.discard, name="discard-file"),
    path("people/", people.people, name="people"),
    path("login/", sessions.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("session/", sessions.session, name="session"),
    path("setup/<str:token>/", setup.setup, name="setup"),
    path("account/", profile.profile, name="account"),
    path("account/password/", account.Password.as_view(), name="password"),
    path("account/sessions/", account.devices, name="devices"),
    path("emoji.json", emoji.emoji, name="emoji"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
