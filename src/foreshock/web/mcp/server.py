"""The server itself: the tools of a desk under the Model Context Protocol, over standard streams or mounted at ``/mcp``."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from foreshock.errors import ForeshockError
from foreshock.web.answers.answer import NOTICE, VERSION
from foreshock.web.desk import Desk
from foreshock.web.mcp.told import CAUTION, Told
from foreshock.web.mcp.tools import Tools

if TYPE_CHECKING:
    from mcp.server import MCPServer

log = logging.getLogger("foreshock.web")
INSTRUCTIONS = f"""Foreshock reads the news on political crises and keeps who said what: claims with their holders and standing
(asserted, denied, ordered, feared ...), joined into incidents, disputes, conditions and tallies, and weighed against history.

{NOTICE}
{CAUTION}

Say who holds what you repeat: never turn a claim into a fact. Cite the claim_ids that a sentence stands on. A lost figure has no
value: do not fill it. What is confirmed is told by two origins of which one is no party; say so of incidents with credibility 1
only. Silence in the reports is no calm. Offsets count code points of the document's text. Begin with crises, then brief."""


def make_server(desk: Desk, *, crisis: str | None = None) -> MCPServer:
    """Return the MCP server of a desk; it only reads.

    Args:
        desk: whose ledger is asked.
        crisis: the scope of questions that name none.
    """
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    server: MCPServer[Any] = MCPServer(
        "foreshock", title="Foreshock", version=VERSION, instructions=INSTRUCTIONS, log_level="WARNING", subscriptions=False
    )
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for one in Tools(desk, crisis).every:
        server.add_tool(_told(one), name=one.__name__, annotations=reads, structured_output=True)
    return server


def _told(tool: Callable[..., Told]) -> Callable[..., Told]:
    """Return a tool whose errors of ours are told with their remedy, and whose other errors tell nothing of the machine."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def asked(*arguments: Any, **options: Any) -> Told:
        try:
            return tool(*arguments, **options)
        except ForeshockError as error:
            raise ToolError(str(error)) from error
        except Exception as error:
            log.exception("the tool %s failed", tool.__name__)
            raise ToolError("something went wrong here; the log of the server says what") from error

    return asked
