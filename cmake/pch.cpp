// dialogue_pch wants a file.
