from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("chat.urls")),
    # The admin's own page stores the password and the session apart, which signs this browser out.
    path("admin/password_change/", RedirectView.as_view(pattern_name="password")),
    path("admin/", admin.site.urls),
]
handler400 = "chat.views.errors.bad_request"
handler500 = "chat.views.errors.server_error"
