"""Who looks and what he may: for pages and the API.

``viewer(request)`` says who looks, ``Depends(require("analyst"))`` lets only a role in, ``csrf_token(request)`` and
``csrf_field(request)`` go into pages and forms, ``audit(request, did, subject, **detail)`` notes what was done.
"""

from foreshock.web.auth.access import Access, audit, make_access
from foreshock.web.auth.csrf import csrf_field, csrf_token
from foreshock.web.auth.viewer import NOBODY, Viewer, require, viewer

__all__ = ["NOBODY", "Access", "Viewer", "audit", "csrf_field", "csrf_token", "make_access", "require", "viewer"]
