% Own arrangement for piano, two verses.
\version "2.24.0"
\header {
  title = "Freude, schöner Götterfunken"
  subtitle = "aus der 9. Symphonie, für Klavier eingerichtet"
  composer = "Ludwig van Beethoven"
  copyright = "Encoded for Scorebridge, CC0"
}
right = {
  \clef treble \key d \major \time 4/4 \tempo "Allegro assai" 4 = 132
  fis'4\mf fis' g' a' | a' g' fis' e' | d' d' e' fis' | fis'4. e'8 e'2 |
  fis'4 fis' g' a' | a' g' fis' e' | d' d' e' fis' | e'4. d'8 d'2 |
  e'4\p e' fis' d' | e' fis'8( g') fis'4 d' | e' fis'8( g') fis'4 e' | d' e' a fis'~ |
  fis'4\f fis' g' a' | a' g' fis' e' | d' d' e' fis' | e'4. d'8 d'2 |
  <d'' fis''>4\f q <e'' g''> <fis'' a''> | q <e'' g''> <d'' fis''> <cis'' e''> | <fis' d''> q <g' e''> <a' fis''> | <d'' fis''>4. <cis'' e''>8 q2 |
  <d'' fis''>4 q <e'' g''> <fis'' a''> | q <e'' g''> <d'' fis''> <cis'' e''> | <fis' d''> q <g' e''> <a' fis''> | <cis'' e''>4. <fis' d''>8 q2 |
  <cis'' e''>4\p q <d'' fis''> <a' d''> | <cis'' e''> fis''8( g'') <d'' fis''>4 <a' d''> | <cis'' e''> fis''8( g'') <d'' fis''>4 <ais' e''> | <b' d''> <gis' e''> a' <d'' fis''>~\f |
  q4 q <e'' g''> <fis'' a''> | q <e'' g''> <d'' fis''> <cis'' e''> | <fis' d''> q <g' e''> <a' fis''> | <g' cis'' e''>4. <fis' a' d''>8 q2 \bar "|."
}
left = {
  \clef bass \key d \major \time 4/4
  <d fis a>2 <d g b>4 <d fis a> | <d fis a>2 <cis g a> | <d fis a>2 <cis e a>4 <d a> | <a, d>4. <a, cis>8 q2 |
  <d fis a>2 <d g b>4 <d fis a> | <d fis a>2 <cis g a> | <b, fis>2 <g, d>4 <a, d> | <a, g>4. <d fis>8 q2 |
  <cis a>2 <d a> | <cis a>2 <d a> | <cis a>2 <ais, fis> | b,4 gis, a,2 |
  <d fis a>2 <d g b>4 <d fis a> | <d fis a>2 <cis g a> | <b, fis>2 <g, d>4 <a, d> | <a, g>4. <d fis>8 q2 |
  d8 a fis a d b d' a | d a fis a cis a g a | d a fis a cis a d a | a, d fis a a, cis e a |
  d8 a fis a d b d' a | d a fis a cis a g a | b, fis d fis g, e d a | a, g cis g d fis a fis |
  a,8 e cis e d a fis a | a, e cis e d a fis a | a, e cis e ais, fis cis fis | b, fis gis, e a, e d4 |
  d8 a fis a d b d' a | d a fis a cis a g a | b, fis d fis g, e d a | a,4. d8 <d, d>2 |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
