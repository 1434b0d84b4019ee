"""What a release is made with: the files checked, tried where nothing else is, and one program."""
