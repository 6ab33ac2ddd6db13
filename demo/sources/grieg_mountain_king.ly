% Own arrangement for piano of the orchestral piece, shortened, with our own close.
\version "2.24.0"
\header {
  title = "I Dovregubbens hall"
  subtitle = "aus Peer Gynt, für Klavier eingerichtet"
  composer = "Edvard Grieg"
  opus = "op. 46 Nr. 4"
  copyright = "Encoded for Scorebridge, CC0"
}
theme = {
  b,8-. cis-. d-. e-. fis-. d-. fis4-> | eis8-. cis-. eis4-> e8-. c-. e4-> | b,8-. cis-. d-. e-. fis-. d-. fis-. b-. | a8-. fis-. d-. fis-. a2 |
}
answer = {
  fis8-. gis-. ais-. b-. cis'-. ais-. cis'4-> | d'8-. ais-. d'4-> cis'8-. ais-. cis'4-> | fis8-. gis-. ais-. b-. cis'-. ais-. cis'4-> | d'8-. ais-. d'4-> cis'2 |
}
beats = { r4 <d' fis'> r <d' fis'> | r <cis' eis'> r <c' e'> | r <d' fis'> r <d' fis'> | r <d' fis'> r <d' fis'> | }
fbeats = { r4 <ais cis'> r <ais cis'> | r <ais d'> r <ais cis'> | r4 <ais cis'> r <ais cis'> | r <ais d'> <ais cis'>2 | }
right = {
  \clef treble \key b \minor \time 4/4 \tempo "Alla marcia" 4 = 126
  \beats \beats
  \transpose c c' \fbeats \transpose c c' \fbeats
  \transpose c c'' \theme \transpose c c'' \theme
  <b' d'' fis'' b''>4\ff r q r | <ais' cis'' e'' ais''> r q r | <b' d'' fis'' b''>8 q r4 <ais' cis'' e'' ais''>8 q r4 | <b' d'' fis'' b''>2 r \bar "|."
}
left = {
  \clef bass \key b \minor \time 4/4
  \theme \theme \answer \answer
  <b,, fis,>4-. <d fis b>-. <b,, fis,>-. <d fis b>-. | <cis, gis,>-. <cis eis gis>-. <c, g,>-. <c e g>-. | <b,, fis,>-. <d fis b>-. <b,, fis,>-. <d fis b>-. | <d, a,>-. <d fis a>-. <d, a,>2 |
  <b,, fis,>4-. <d fis b>-. <b,, fis,>-. <d fis b>-. | <cis, gis,>-. <cis eis gis>-. <c, g,>-. <c e g>-. | <b,, fis,>-. <d fis b>-. <b,, fis,>-. <d fis b>-. | <d, a,>-. <d fis a>-. <d, a,>2 |
  b,,8 b, b,, b, b,, b, b,, b, | fis, fis fis, fis fis, fis fis, fis | <b,, b,>8 q r4 <fis, fis>8 q r4 | <b,, b,>2 r |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
