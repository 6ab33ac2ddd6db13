"""The command line: commands open the library, call it and print.

`main` runs them; `collection` fills and inspects the library, `answers` searches and aligns,
`pictures` shows pages and writes exports, `serving` starts the app, `demo` is an example of it all.
"""
