"""The MCP server: what the desk knows, for language models to ask and never to change; every answer names its claims."""
