"""What the player looks at, each kind drawn as what it is."""
