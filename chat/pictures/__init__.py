"""Pictures from strangers: recognised, looked through, freed of what they tell beside the picture, and scaled.

All of it is work for a thread of its own (`chat/threads.py`). Nothing here knows where files are kept.
"""

from chat.pictures.cleaning import Picture, clean
from chat.pictures.decoding import SHOWN_TYPES, is_picture
from chat.pictures.heif import forget, is_heif
from chat.pictures.scaling import THUMBNAIL_TYPE, squares, write_thumbnail

__all__ = [
    "SHOWN_TYPES",
    "THUMBNAIL_TYPE",
    "Picture",
    "clean",
    "forget",
    "is_heif",
    "is_picture",
    "squares",
    "write_thumbnail",
]
