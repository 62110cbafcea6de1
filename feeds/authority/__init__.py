"""The authority files: who the actors and what the topics are, and how texts name them.

load_authority(directory) -> Authority; authority.matcher.scan(text) -> hits; role_mentions(matcher, text) for dating.
"""

from __future__ import annotations

from feeds.authority.load import load_authority
from feeds.authority.matcher import Matcher
from feeds.authority.model import Actor, Authority, Redirect, Role, Topic
from feeds.authority.roles import Holder, RoleMention, role_mentions
from feeds.authority.spots import Hit
from feeds.authority.subjects import subjects

__all__ = [
    "Actor",
    "Authority",
    "Hit",
    "Holder",
    "Matcher",
    "Redirect",
    "Role",
    "RoleMention",
    "Topic",
    "load_authority",
    "role_mentions",
    "subjects",
]
