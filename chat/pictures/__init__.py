"""Pictures from strangers: recognised, looked through, freed of what they tell beside the picture, and scaled.

All of it is work for a thread of its own (`chat/threads.py`). Nothing here knows where files are kept.
"""

from chat.pictures.cleaning import Picture, clean
from chat.pictures.decoding import is_picture
from chat.pictures.scaling import write_thumbnail

__all__ = ["Picture", "clean", "is_picture", "write_thumbnail"]
