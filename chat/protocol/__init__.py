"""The wire: every WebSocket frame as a typed struct, and text <-> frame. Pure Python, no queries."""
