from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("chat.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "chat.views.errors.bad_request"
handler500 = "chat.views.errors.server_error"
