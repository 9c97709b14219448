from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from chat.views.sessions import admin_sign_in

urlpatterns = [
    path("", include("chat.urls")),
    # The admin's own page stores the password and the session apart, which signs this browser out.
    path("admin/password_change/", RedirectView.as_view(pattern_name="password")),
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
]
handler400 = "chat.views.errors.bad_request"
handler500 = "chat.views.errors.server_error"
