"""The browser page: the people of a sample office at their phones, a movable clock, troubles.

Plain HTML, CSS and JavaScript modules without a build step, served beside the control API, which
it uses for everything it does. Nothing is loaded from elsewhere; the Chinese font is the one the
product's own documents are set in.
"""

from sandbox.page.roster import Entry, Roster
from sandbox.page.routes import page_routes

__all__ = ["Entry", "Roster", "page_routes"]
