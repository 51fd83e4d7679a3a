"""Exports: tables, map, STIX bundle, calendar and feed of what is known, without names of private persons and exact sites."""

from foreshock.briefs.exports.export import FORMATS, export
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Tables

__all__ = ["FORMATS", "Notice", "Tables", "export"]
