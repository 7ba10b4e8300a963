"""The GraphQL edge: what reaches the schema over HTTP and WebSocket, and how much of it."""
