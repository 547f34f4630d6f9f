"""Side effects: store, listener, portals, secrets. No Qt."""
