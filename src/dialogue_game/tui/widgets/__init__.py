"""What screens are made of: one widget a file, attributes down, messages up."""
