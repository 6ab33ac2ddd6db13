% Own arrangement for piano: the orchestra's melody, one phrase of the chorale, the melody again.
\version "2.24.0"
\header {
  title = "Jesus bleibet meine Freude"
  subtitle = "aus der Kantate 147, für Klavier eingerichtet"
  composer = "Johann Sebastian Bach"
  opus = "BWV 147"
  copyright = "Encoded for Scorebridge, CC0"
}
stream = {
  r8 g'( a' b' d'' c'' c'' e'' d'' | d'' g'' fis'' g'' d'' b' g' a' b' | c'' d'' e'' d'' c'' b' a' b' g' | fis' g' a' d' fis' a' c'' b' a' |
  b' g' a' b' d'' c'' c'' e'' d'' | d'' g'' fis'' g'' d'' b' g' a' b' | e' d'' c'' b' a' g' d' g' fis' | g') b' d'' g'' d'' b'
}
right = {
  \clef treble \key g \major \time 9/8 \tempo 4. = 72
  \stream g'4. |
  <g' b'>4.\f <a' c''> <b' d''> | <b' d''> <a' c''> <g' b'> | <fis' a'>2. q4. | <d' g' b'>2. r4. |
  <g' b'>4. <a' c''> <b' d''> | <b' d''> <a' c''> <g' b'> | <fis' a'>2. <d' fis' a'>4. | <b d' g'>2. r4. |
  \stream <b d' g'>4. \bar "|."
}
walk = {
  g4. b, c | b, e g | a, d cis | d2. d4. | g4. b, c | b, e d | c d d, | g,2. r4. |
}
left = {
  \clef bass \key g \major \time 9/8
  \walk
  g8 b d' fis a d' g b d' | g b d' a c' e' e g b | d fis a d' a fis d fis a | g b d' b g d g,4. |
  g8 b d' fis a d' g b d' | g b d' a c' e' e g b | d a c' fis' c' a d fis c' | g d b, g,2. |
  \walk
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
