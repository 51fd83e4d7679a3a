"""What programs are answered, the same through the API and through the MCP server: records with the claims that they stand on."""
