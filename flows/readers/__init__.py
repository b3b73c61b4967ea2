"""One file a source format: bytes on disk -> raw documents."""
