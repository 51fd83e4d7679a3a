"""placeholder"""
from foreshock.briefs.brief import Brief
def render_html(brief: Brief) -> str: return ""
