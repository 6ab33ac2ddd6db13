"""Functions that read files from outside, each for a child process (see `sandbox.py`).

The first parameters are the progress callback and the file's path. Results are small, since they
are pickled; pictures and sound are written to files. A child costs 20 ms, and 0.4 s more where
it loads the encoder.
"""

# The fork server loads the package of the first function; later ones find their module loaded.
from scorebridge.server.decoding import encoding, page_images, sound

__all__ = ["encoding", "page_images", "sound"]
