"""Every page and every dialog, as people come upon it: to be looked at by `test_accessibility.py`.

Whoever adds a page or a dialog adds a scene: a test fails until it is there.
"""

from chat.tests.browser.scenes import dialogs, pages, rooms, talk
from chat.tests.browser.scenes.scene import SCENES, Play, Scene

__all__ = ["SCENES", "Play", "Scene", "dialogs", "pages", "rooms", "talk"]
