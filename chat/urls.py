from django.contrib.auth.views import LogoutView
from django.urls import path

from chat.views import account, emoji, health, members, people, rooms, sessions, setup

urlpatterns = [
    path("", rooms.home, name="home"),
    path("rooms/<int:room_id>/", rooms.room, name="room"),
    path("rooms/<str:room_id>/messages/", rooms.messages, name="room-messages"),
    path("rooms/<str:room_id>/members/", members.members, name="room-members"),
    path("people/", people.people, name="people"),
    path("login/", sessions.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("session/", sessions.session, name="session"),
    path("setup/<str:token>/", setup.setup, name="setup"),
    path("account/password/", account.Password.as_view(), name="password"),
    path("account/sessions/", account.devices, name="devices"),
    path("emoji.json", emoji.emoji, name="emoji"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
